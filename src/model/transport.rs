//! The core transports of A2A and the other ways in which people write them.

/// A transport that A2A defines itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// JSON-RPC over HTTP.
    JsonRpc,
    /// gRPC.
    Grpc,
    /// HTTP with JSON, which many call REST.
    HttpJson,
}

/// How closely a text comes to the name of a core transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// The very name.
    Exact,
    /// The name in another case or with other punctuation.
    Variant,
    /// Another name, such as `REST`.
    Alias,
}

const ALIASES: &[(&str, Transport)] = &[
    ("jsonrpc2", Transport::JsonRpc),
    ("jsonrpc20", Transport::JsonRpc),
    ("jsonrpchttp", Transport::JsonRpc),
    ("jsonrpcoverhttp", Transport::JsonRpc),
    ("httpjsonrpc", Transport::JsonRpc),
    ("grpchttp2", Transport::Grpc),
    ("rest", Transport::HttpJson),
    ("restapi", Transport::HttpJson),
    ("restful", Transport::HttpJson),
    ("httprest", Transport::HttpJson),
    ("resthttp", Transport::HttpJson),
    ("restjson", Transport::HttpJson),
    ("http", Transport::HttpJson),
    ("https", Transport::HttpJson),
    ("httpsjson", Transport::HttpJson),
    ("httpplusjson", Transport::HttpJson),
    ("jsonhttp", Transport::HttpJson),
];

impl Transport {
    /// Every core transport.
    pub const ALL: [Transport; 3] = [Transport::JsonRpc, Transport::Grpc, Transport::HttpJson];

    /// The name in cards.
    pub const fn name(self) -> &'static str {
        match self {
            Transport::JsonRpc => "JSONRPC",
            Transport::Grpc => "GRPC",
            Transport::HttpJson => "HTTP+JSON",
        }
    }

    /// The core transport that `text` means, if it means one.
    pub fn meant_by(text: &str) -> Option<(Self, Spelling)> {
        if let Some(exact) = Self::ALL.into_iter().find(|transport| transport.name() == text) {
            return Some((exact, Spelling::Exact));
        }
        // No other spelling is longer, and identifiers of custom bindings are URIs.
        if text.len() > 24 || text.contains("://") {
            return None;
        }
        let letters: String = text
            .chars()
            .filter(|char| char.is_ascii_alphanumeric())
            .map(|char| char.to_ascii_lowercase())
            .collect();
        let variant = match letters.as_str() {
            "jsonrpc" => Some(Transport::JsonRpc),
            "grpc" => Some(Transport::Grpc),
            "httpjson" => Some(Transport::HttpJson),
            _ => None,
        };
        let alias =
            || ALIASES.iter().find(|(name, _)| *name == letters).map(|(_, meant)| (*meant, Spelling::Alias));
        variant.map(|meant| (meant, Spelling::Variant)).or_else(alias)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_lead_to_core_transports() {
        assert_eq!(Transport::meant_by("HTTP+JSON"), Some((Transport::HttpJson, Spelling::Exact)));
        for text in ["jsonrpc", "JSON-RPC", "json_rpc", "Json RPC"] {
            assert_eq!(Transport::meant_by(text), Some((Transport::JsonRpc, Spelling::Variant)), "{text}");
        }
        for text in ["http+json", "HTTP_JSON", "http/json"] {
            assert_eq!(Transport::meant_by(text), Some((Transport::HttpJson, Spelling::Variant)), "{text}");
        }
        assert_eq!(Transport::meant_by("REST"), Some((Transport::HttpJson, Spelling::Alias)));
        for text in ["", "WEBSOCKET", "https://example.com/bindings/rest", "MCP+STREAMABLE-HTTP", "grpc-web"]
        {
            assert_eq!(Transport::meant_by(text), None, "{text}");
        }
    }
}
