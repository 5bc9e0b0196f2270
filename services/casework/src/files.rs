//! Files that an act brings along: the photo of a grave put in order, the scan of a record.
//!
//! ```text
//! data {"photo": ["<id>"]} ─ schema ─► take ─► data {"photo": [Material]} ─► Item::decide
//! files of the request ────────────────┘   └─► the case: each at its line of the history
//! ```
//! The gateway keeps the files and vouches in the request for those that are the caller's own;
//! an id that nobody vouched for is refused.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use yiwang_chassis::fault::FieldViolation;

use yiwang_proto::casework::v1 as pb;

use crate::{
    case::Material,
    view::{material_in, material_out},
};

/// Most files in one field.
const MOST: usize = 6;
const MORE: usize = MOST + 1;

/// A field of an act's data that takes files, straight among its properties. Contracts see
/// their ids, the item whole files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files<const PHOTOS: bool> {
    /// The files, in the order named.
    pub files: Vec<Material>,
    /// The number of a record kept elsewhere, in facts of before acts took files.
    pub number: String,
}

/// Photos, taken on the spot.
pub type Photos = Files<true>;
/// Photos or PDF: what was written and signed.
pub type Papers = Files<false>;

impl<const PHOTOS: bool> Files<PHOTOS> {
    const WIDGET: &'static str = if PHOTOS { "photos" } else { "papers" };

    /// What a record kept elsewhere proves already.
    #[must_use]
    pub fn recorded(number: impl Into<String>) -> Self {
        Self {
            files: Vec::new(),
            number: number.into(),
        }
    }

    /// Whether nothing was handed in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.number.trim().is_empty()
    }

    /// Whether one of them has the same content as one of `others` (SHA-256).
    #[must_use]
    pub fn shares(&self, others: &[String]) -> bool {
        self.files.iter().any(|file| others.contains(&file.sha256))
    }

    /// In words: 2张, or the number of before.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.files.len(), PHOTOS) {
            (0, _) => self.number.trim().to_owned(),
            (count, true) => format!("{count}张"),
            (count, false) => format!("{count}份"),
        }
    }
}

impl<const PHOTOS: bool> Serialize for Files<PHOTOS> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.files.is_empty() && !self.number.is_empty() {
            true => self.number.serialize(serializer),
            false => self.files.serialize(serializer),
        }
    }
}

impl<'de, const PHOTOS: bool> Deserialize<'de> for Files<PHOTOS> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Stored {
            Files(Vec<Material>),
            Number(String),
        }
        Ok(match Stored::deserialize(deserializer)? {
            Stored::Files(files) => Self {
                files,
                ..Self::default()
            },
            Stored::Number(number) => Self {
                number,
                ..Self::default()
            },
        })
    }
}

impl<const PHOTOS: bool> JsonSchema for Files<PHOTOS> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        Self::WIDGET.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "x-widget": Self::WIDGET,
            "minItems": 1,
            "maxItems": MOST,
            "uniqueItems": true,
            "items": { "type": "string", "format": "uuid" },
        })
    }
}

/// Photos of a call that is no act on a case, at the field `at`.
///
/// # Errors
/// None, more than fit, or one that is no photo.
pub fn photos(
    offered: Vec<pb::MaterialRef>,
    at: &str,
    title: &str,
) -> Result<Vec<Material>, FieldViolation> {
    let wrong = |reason, message| Err(FieldViolation::new(at, reason, message));
    match offered.len() {
        0 => return wrong("REQUIRED", format!("请拍照上传“{title}”。")),
        MORE.. => return wrong("TOO_MANY", format!("“{title}”最多传{MOST}张。")),
        _ => {}
    }
    let files: Vec<Material> = offered.into_iter().map(material_in).collect();
    match files.iter().all(is_photo) {
        true => Ok(files),
        false => wrong("NOT_A_PHOTO", not_a_photo(title)),
    }
}

/// A file on the wire.
#[must_use]
pub fn on_the_wire(file: Material) -> pb::MaterialRef {
    material_out(file)
}

fn is_photo(file: &Material) -> bool {
    file.media_type.starts_with("image/")
}

fn not_a_photo(title: &str) -> String {
    format!("“{title}”要照片，不能是 PDF，请拍照后上传。")
}

/// A file that an act brought along, as kept with the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ActFile {
    /// The line of the history.
    pub(crate) version: i64,
    /// What the act calls it.
    pub(crate) title: String,
    /// Seen only by those who see that line.
    pub(crate) confidential: bool,
    pub(crate) file: Material,
}

/// A file that an act's data name.
#[derive(Debug)]
pub(crate) struct Named {
    title: String,
    file: Material,
}

impl Named {
    /// The file at its line of the history.
    pub(crate) fn at(self, version: i64, confidential: bool) -> ActFile {
        ActFile {
            version,
            title: self.title,
            confidential,
            file: self.file,
        }
    }
}

/// Puts the files in the place of their ids in checked `data`, and names them all.
///
/// # Errors
/// `FILE_UNKNOWN` for an id that is not among `offered`, `NOT_A_PHOTO`.
pub(crate) fn take(
    schema: &Value,
    data: &mut Value,
    offered: &[Material],
) -> Result<Vec<Named>, Vec<FieldViolation>> {
    let mut named = Vec::new();
    let mut wrong = Vec::new();
    let properties = schema["properties"].as_object().into_iter().flatten();
    for (key, property) in properties {
        let photos = match property["x-widget"].as_str() {
            Some(Photos::WIDGET) => true,
            Some(Papers::WIDGET) => false,
            _ => continue,
        };
        let Some(Value::Array(ids)) = data.get_mut(key) else {
            continue;
        };
        let title = property["title"].as_str().unwrap_or(key);
        for id in ids {
            match look_up(offered, id, photos, title) {
                Ok(file) => {
                    *id = serde_json::to_value(file).unwrap_or_default();
                    named.push(Named {
                        title: title.to_owned(),
                        file: file.clone(),
                    });
                }
                Err((reason, message)) => {
                    wrong.push(FieldViolation::new(format!("/{key}"), reason, message));
                }
            }
        }
    }
    match wrong.is_empty() {
        true => Ok(named),
        false => Err(wrong),
    }
}

fn look_up<'a>(
    offered: &'a [Material],
    id: &Value,
    photos: bool,
    title: &str,
) -> Result<&'a Material, (&'static str, String)> {
    let file = offered.iter().find(|file| *id == *file.file_id);
    let file = file.ok_or_else(|| {
        let message = format!("找不到“{title}”的文件，请重新上传。");
        ("FILE_UNKNOWN", message)
    })?;
    match photos && !is_photo(file) {
        false => Ok(file),
        true => Err(("NOT_A_PHOTO", not_a_photo(title))),
    }
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "act_data! makes public types")]
mod tests;
