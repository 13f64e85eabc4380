/** What an operator asks of a server that runs, from the command line: callers of the admin door like any other. */
@NullMarked
package dev.moorage.command;

import org.jspecify.annotations.NullMarked;
