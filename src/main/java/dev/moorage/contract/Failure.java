package dev.moorage.contract;

/** An error as the caller reads it. */
public record Failure(int status, String code, String message) implements Received {
    Failure adding(String sentences) {
        return new Failure(status, code, message + sentences);
    }
}
