package dev.moorage.load;

import dev.moorage.contract.Signer;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.util.UUID;

/** Makes a request of what is asked, signed as of now. */
final class SignedRequests {
    private final Signer signer;
    private final String host;
    private final String noncePrefix = UUID.randomUUID() + "-";
    private long nonces;

    /** @param host with its port, as the server is addressed */
    SignedRequests(Signer signer, String host) {
        this.signer = signer;
        this.host = host;
    }

    FullHttpRequest of(Asked asked) {
        var signed = signer.sign(asked.action(), asked.parameters(), host, Instant.now(), noncePrefix + nonces++);
        var request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, "/?" + signed.query(), Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, host).set(HttpHeaderNames.CONTENT_LENGTH, 0);
        signed.headers().forEach((name, value) -> request.headers().set(name, value));
        return request;
    }
}
