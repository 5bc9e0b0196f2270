//! A drawn agreement that nobody has signed. The gateway keeps it (`yiwang_gateway::demo`) under
//! the same id; `deploy/yiwang` compares both.

use serde_json::Value;
use yiwang_proto::casework::v1::MaterialRef;

/// Its id, size in bytes, SHA-256 in hex.
pub const LETTER: (&str, i64, &str) = (
    "53baa4a2-4b59-8cf6-b0e5-fd201942e25d",
    24_948,
    "e52ebf69f96db5e09808fdee1d9a16df37bab1e3cac0c85897de063956d8db97",
);

/// The picture, when an act's data name it, as the gateway would vouch for it.
pub(super) fn brought(data: &Value) -> Vec<MaterialRef> {
    let (id, size, sha256) = LETTER;
    let named = data["paper"].as_array().into_iter().flatten();
    named
        .filter(|named| named.as_str() == Some(id))
        .map(|_| MaterialRef {
            file_id: id.to_owned(),
            file_name: "照片.png".to_owned(),
            media_type: "image/png".to_owned(),
            size,
            sha256: sha256.to_owned(),
            ..MaterialRef::default()
        })
        .collect()
}
