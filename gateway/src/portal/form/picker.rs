//! Where files are chosen: those handed in, and the button for more.

use askama::Template;
use serde_json::Value;
use yiwang_proto::casework::v1 as pb;

use crate::portal::view::format;

/// A file handed in.
#[derive(Debug)]
pub(crate) struct Handed {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) size: String,
    /// What the form carries: what it is for, and the file's id.
    pub(crate) reference: String,
}

impl Handed {
    /// A file as its owner sees it.
    pub(crate) fn of(file: &pb::MaterialRef) -> Self {
        Self {
            id: file.file_id.clone(),
            name: file.file_name.clone(),
            size: format::size(file.size),
            reference: format!("{}:{}", file.code, file.file_id),
        }
    }

    /// The files in a field of an act, as [`kept`] wrote them.
    pub(crate) fn of_field(key: &str, value: &Value) -> Vec<Self> {
        let text = |file: &Value, name: &str| file[name].as_str().unwrap_or_default().to_owned();
        let one = |file: &Value| Self {
            id: text(file, "file_id"),
            name: text(file, "file_name"),
            size: format::size(file["size"].as_i64().unwrap_or_default()),
            reference: format!("{key}:{}", text(file, "file_id")),
        };
        value.as_array().into_iter().flatten().map(one).collect()
    }
}

/// What a form remembers of the files in a field of an act.
pub(crate) fn kept<'a>(files: impl Iterator<Item = &'a pb::MaterialRef>) -> Value {
    let one = |file: &pb::MaterialRef| {
        serde_json::json!({
            "file_id": file.file_id, "file_name": file.file_name, "size": file.size,
        })
    };
    files.map(one).collect()
}

/// The control, without heading, hint and errors.
#[derive(Debug, Template)]
#[template(path = "form/picker.html")]
pub(crate) struct Picker {
    /// Id of the block it stands in.
    pub(crate) id: String,
    /// What the files are for.
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) files: Vec<Handed>,
    /// Only photos: a phone offers its camera at once.
    pub(crate) photos: bool,
    /// Whether a hint and an error stand above it.
    pub(crate) hint: bool,
    pub(crate) wrong: bool,
}

impl askama::filters::HtmlSafe for Picker {}
