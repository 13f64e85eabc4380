/**
 * How facts get to disk under names that never change, and come back in one order: the LevelDB store, the Akka plugin
 * over it, the codec.
 */
@NullMarked
package dev.moorage.journal;

import org.jspecify.annotations.NullMarked;
