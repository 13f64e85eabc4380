/**
 * What callers may send and may hear, as data: action specs, arguments, error codes, signatures, rendering. It can name
 * every error and knows no rule.
 */
@NullMarked
package dev.moorage.contract;

import org.jspecify.annotations.NullMarked;
