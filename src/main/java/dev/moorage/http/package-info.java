/** Bytes to calls and outcomes to bytes: the RPC door and the admin door. */
@NullMarked
package dev.moorage.http;

import org.jspecify.annotations.NullMarked;
