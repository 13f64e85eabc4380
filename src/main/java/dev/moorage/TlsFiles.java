package dev.moorage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate with its chain, and its key, in PEM files as openssl and its like write them. */
final class TlsFiles {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (?<label>[A-Z0-9 ]+)-----(?<text>.*?)-----END \\k<label>-----", Pattern.DOTALL);
    private static final String PKCS8 = "PRIVATE KEY";
    /** Kinds of keys that TLS can use here, with the label of their older files, and how they sign. */
    private static final Map<String, Kind> KINDS = Map.of(
            "RSA", new Kind("RSA PRIVATE KEY", "SHA256withRSA"), "EC", new Kind("EC PRIVATE KEY", "SHA256withECDSA"));

    private static final char[] IN_MEMORY_ONLY = "".toCharArray();

    private record Kind(String olderLabel, String signature) {}

    private record Block(String label, String text) {}

    private TlsFiles() {}

    /**
     * Reads both.
     *
     * @throws CannotStart if they are not what they should be, or do not belong together
     */
    static SSLContext read(Path certificateFile, Path keyFile) {
        var chain = chain(certificateFile);
        var publicKey = chain.get(0).getPublicKey();
        var key = key(keyFile, publicKey, certificateFile);
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("moorage", key, IN_MEMORY_ONLY, chain.toArray(Certificate[]::new));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, IN_MEMORY_ONLY);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new CannotStart("The certificates in " + certificateFile + " cannot be used: " + e.getMessage());
        }
    }

    private static List<Certificate> chain(Path file) {
        var chain = new ArrayList<Certificate>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (var block : blocks(file)) {
                if (!block.label().equals("CERTIFICATE")) continue;
                chain.add(factory.generateCertificate(new ByteArrayInputStream(decoded(block))));
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw new CannotStart("A certificate in " + file + " cannot be read: " + e.getMessage());
        }
        if (chain.isEmpty()) throw new CannotStart("There is no certificate in " + file + ": it should be PEM");
        return chain;
    }

    private static PrivateKey key(Path file, PublicKey publicKey, Path certificateFile) {
        var block = blocks(file).stream()
                .filter(one -> one.label().endsWith(PKCS8))
                .findFirst()
                .orElseThrow(() -> new CannotStart("There is no private key in " + file + ": it should be PEM"));
        if (block.label().startsWith("ENCRYPTED") || block.text().contains("ENCRYPTED")) {
            throw new CannotStart("The key in " + file + " is encrypted: Moorage takes one without a passphrase");
        }
        String algorithm = publicKey.getAlgorithm();
        var kind = KINDS.get(algorithm);
        if (kind == null) {
            throw new CannotStart("The certificate in " + certificateFile + " is for a key of the kind " + algorithm
                    + ": TLS takes RSA and EC here");
        }
        try {
            byte[] encoded = decoded(block);
            byte[] wrapped = block.label().equals(PKCS8) ? encoded : OlderKey.wrapped(encoded, publicKey);
            var key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(wrapped));
            boolean fits = block.label().equals(PKCS8) || block.label().equals(kind.olderLabel());
            if (fits && belongTogether(key, publicKey, kind)) return key;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            // Of another kind, of another curve, or damaged.
        }
        throw new CannotStart(
                "The key in " + file + " is not that of the certificate in " + certificateFile + ", or is damaged");
    }

    private static boolean belongTogether(PrivateKey key, PublicKey publicKey, Kind kind)
            throws GeneralSecurityException {
        byte[] anything = "moorage".getBytes(StandardCharsets.UTF_8);
        var signing = Signature.getInstance(kind.signature());
        signing.initSign(key);
        signing.update(anything);
        byte[] signed = signing.sign();
        var verifying = Signature.getInstance(kind.signature());
        verifying.initVerify(publicKey);
        verifying.update(anything);
        return verifying.verify(signed);
    }

    private static List<Block> blocks(Path file) {
        try {
            return BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .results()
                    .map(found -> new Block(found.group(1), found.group(2)))
                    .toList();
        } catch (NoSuchFileException e) {
            throw new CannotStart("There is no file " + file);
        } catch (IOException e) {
            throw new CannotStart("The file " + file + " cannot be read: " + e);
        }
    }

    private static byte[] decoded(Block block) {
        return Base64.getMimeDecoder().decode(block.text());
    }
}
