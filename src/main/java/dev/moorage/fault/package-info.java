/** What an operator wants to go wrong: which calls a rule is for, how often, and the catalogue of incidents. */
@NullMarked
package dev.moorage.fault;

import org.jspecify.annotations.NullMarked;
