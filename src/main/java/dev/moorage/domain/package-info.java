/** What a disk and an instance are, and which facts change them: no clock, no chance, no API errors, no framework. */
@NullMarked
package dev.moorage.domain;

import org.jspecify.annotations.NullMarked;
