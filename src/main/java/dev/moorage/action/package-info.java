/**
 * What each API verb asks of an instance and of a disk: a column of checks in order of precedence, then the facts that
 * follow. One file per verb, one table ({@link dev.moorage.action.Actions}).
 */
@NullMarked
package dev.moorage.action;

import org.jspecify.annotations.NullMarked;
