package dev.moorage.contract;

/** How an answer is written. The content types are spelt as clients compare them. */
public enum Format {
    JSON("application/json;charset=utf-8"),
    XML("text/xml;charset=utf-8");

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** The Format parameter, else what goes with the kind of signature: XML for parameters, JSON for headers. */
    public static Format of(RpcRequest request) {
        String asked = request.parameter("Format");
        if (asked.equalsIgnoreCase("JSON")) return JSON;
        if (asked.equalsIgnoreCase("XML") || !request.isSignedInHeaders()) return XML;
        return request.header("accept").contains("xml") ? XML : JSON;
    }
}
