package dev.moorage.http;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names and addresses under which a machine reaches itself, and nobody else does. */
public final class Loopback {
    /** All of it: 127.example.com is a name that anybody can have. */
    private static final Pattern IPV4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    private Loopback() {}

    /** Whether a host is one, written as in a URL or without the brackets. */
    public static boolean is(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("::1")
                || name.equals("[::1]")
                || IPV4.matcher(name).matches();
    }
}
