//! Drawn faces of people who do not exist. The gateway keeps them (`yiwang_gateway::demo`), under
//! the same ids; `deploy/yiwang` compares both.

use serde_json::Value;
use yiwang_proto::casework::v1::MaterialRef;

/// A picture that the gateway keeps.
#[derive(Debug, Clone, Copy)]
pub struct Picture {
    /// Its id.
    pub id: &'static str,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in hex.
    pub sha256: &'static str,
}

/// An old man.
pub const OLD_MAN: Picture = PICTURES[0];
/// A man.
pub const MAN: Picture = PICTURES[1];
/// An old woman.
pub const OLD_WOMAN: Picture = PICTURES[2];
/// A woman.
pub const WOMAN: Picture = PICTURES[3];
/// A girl.
pub const GIRL: Picture = PICTURES[4];

/// All of them.
pub const PICTURES: [Picture; 5] = [
    // old-man
    Picture {
        id: "9794c4c1-c652-8261-88ae-b9136df32d4f",
        size: 5_744,
        sha256: "7fd788bd2e345e8ee24db751c5dc327c3dfbe5a13ca1e8e2b1c4789b97d165ae",
    },
    // man
    Picture {
        id: "e1aff99d-49ee-80ea-870e-c75b202510b1",
        size: 5_301,
        sha256: "1d8b73f4832f778b39179be7445cd28a491441402ec1ef7dcb2c1b8ba99aff48",
    },
    // old-woman
    Picture {
        id: "466b7553-da8f-81ac-8884-b7d467430806",
        size: 5_903,
        sha256: "5b629f031256ac5bf35dc7f6bc0f60e9cafa5a2a060181b78d3063c7569889f9",
    },
    // woman
    Picture {
        id: "9c2f62cf-7738-87e5-861a-a3c8aee15029",
        size: 6_000,
        sha256: "d855a36c2dcffa6a7bcbf4f6b1ca5135c85d4293e640284f9d172ec89e369981",
    },
    // girl
    Picture {
        id: "58e3c57b-497a-88ed-9f55-9af01c14272d",
        size: 7_152,
        sha256: "2a43493ba7f107ef9be17fd43d63a9202cfe582fe471680ecb065b56af322cee",
    },
];

/// The pictures that an act's data name, as the gateway would vouch for them.
pub(super) fn brought(data: &Value) -> Vec<MaterialRef> {
    let named = data["photo"].as_array().into_iter().flatten();
    let named = named.filter_map(Value::as_str);
    let known = named.filter_map(|id| PICTURES.iter().find(|picture| picture.id == id));
    known.map(Picture::vouched).collect()
}

impl Picture {
    fn vouched(&self) -> MaterialRef {
        MaterialRef {
            file_id: self.id.to_owned(),
            file_name: "照片.png".to_owned(),
            media_type: "image/png".to_owned(),
            size: self.size,
            sha256: self.sha256.to_owned(),
            ..MaterialRef::default()
        }
    }
}
