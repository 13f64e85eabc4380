/** A caller like any other: speaks HTTP, knows only the contract, and says honestly how long it had to wait. */
@NullMarked
package dev.moorage.load;

import org.jspecify.annotations.NullMarked;
