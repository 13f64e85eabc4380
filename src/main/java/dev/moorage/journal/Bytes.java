package dev.moorage.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** How LevelDB writes numbers, keys and checksums. */
final class Bytes {
    private static final int MASK_DELTA = 0xa282ead8;

    private Bytes() {}

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads a number of 7 bits a byte, the lowest first.
     *
     * @throws IllegalArgumentException if there is none
     */
    static long varint(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE && bytes.hasRemaining(); shift += 7) {
            byte part = bytes.get();
            number |= (part & 0x7fL) << shift;
            if (part >= 0) return number;
        }
        throw new IllegalArgumentException("a number has no end");
    }

    /**
     * Reads as many bytes as the number before them says.
     *
     * @throws IllegalArgumentException if they are not all there
     */
    static byte[] prefixed(ByteBuffer bytes) {
        return take(bytes, varint(bytes));
    }

    /**
     * Reads bytes.
     *
     * @throws IllegalArgumentException if they are not all there
     */
    static byte[] take(ByteBuffer bytes, long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException(length + " bytes are due where " + bytes.remaining() + " are left");
        }
        var taken = new byte[(int) length];
        bytes.get(taken);
        return taken;
    }

    /** The checksum as it is stored: a checksum over bytes that hold checksums would be a poor one, so it is stirred. */
    static int masked(CRC32C crc) {
        int plain = (int) crc.getValue();
        return ((plain >>> 15) | (plain << 17)) + MASK_DELTA;
    }

    static int maskedChecksum(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return masked(crc);
    }

    static boolean areZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) return false;
        }
        return true;
    }
}
