/** The instances and disks to begin with: files, defaults, contradictions. */
@NullMarked
package dev.moorage.fleet;

import org.jspecify.annotations.NullMarked;
