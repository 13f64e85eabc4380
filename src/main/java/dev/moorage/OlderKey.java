package dev.moorage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.HexFormat;

/**
 * Private keys as files held them before PKCS#8 (the forms of PKCS#1 for RSA, of SEC 1 for elliptic curves), which the
 * JDK does not read. PKCS#8 is a wrapper around them: a version, an algorithm with its parameters, and the older form.
 */
final class OlderKey {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    /** 1.2.840.113549.1.1.1, and that it has no parameters. */
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    /** 1.2.840.10045.2.1 */
    private static final byte[] ELLIPTIC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final int LONG_FORM = 0x80;

    private OlderKey() {}

    /**
     * A key as PKCS#8 has it.
     *
     * @param publicKey the key's other half, for what the older form may leave out
     */
    static byte[] wrapped(byte[] olderForm, PublicKey publicKey) throws GeneralSecurityException, IOException {
        byte[] algorithm = publicKey instanceof ECPublicKey elliptic
                ? element(SEQUENCE, ELLIPTIC, curve(elliptic))
                : element(SEQUENCE, RSA);
        return element(SEQUENCE, VERSION, algorithm, element(OCTETS, olderForm));
    }

    private static byte[] curve(ECPublicKey key) throws GeneralSecurityException, IOException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(key.getParams());
        return parameters.getEncoded();
    }

    /** An element in DER. */
    private static byte[] element(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) content.writeBytes(part);
        var element = new ByteArrayOutputStream();
        element.write(tag);
        writeLength(content.size(), element);
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static void writeLength(int length, ByteArrayOutputStream to) {
        if (length < LONG_FORM) {
            to.write(length);
            return;
        }
        int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + Byte.SIZE - 1) / Byte.SIZE;
        to.write(LONG_FORM | octets);
        for (int i = octets - 1; i >= 0; i--) to.write(length >> (Byte.SIZE * i));
    }
}
