/** One writer per id: asks the verb, persists what it says, tells the world, answers. It names no verb. */
@NullMarked
package dev.moorage.actor;

import org.jspecify.annotations.NullMarked;
