/** The world at a point of the journal: the actors' own fold, run over all streams. */
@NullMarked
package dev.moorage.view;

import org.jspecify.annotations.NullMarked;
