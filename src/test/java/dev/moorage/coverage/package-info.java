/** The page that says what Moorage has of the vendor's actions. */
package dev.moorage.coverage;
