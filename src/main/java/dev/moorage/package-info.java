/** The tools, from the command line down. */
@NullMarked
package dev.moorage;

import org.jspecify.annotations.NullMarked;
