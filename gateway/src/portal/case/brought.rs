//! Files that come with an action.

use serde_json::Value;
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use super::task::Filled;
use crate::portal::{
    body::Body,
    desk::Desk,
    form::{self, Field, Problem, schema::Kind},
};

impl Filled {
    /// Files to the fields that take them; what was not taken stands at its field.
    pub(super) fn bring(&mut self, files: Vec<pb::MaterialRef>) {
        let is_brought = |field: &&Field| matches!(field.kind, Kind::Brought { .. });
        for Field { key, .. } in self.form.fields.iter().filter(is_brought) {
            let here = files.iter().filter(|file| file.code == *key);
            match form::kept(here) {
                Value::Array(none) if none.is_empty() => {}
                kept => {
                    self.value.insert(key.clone(), kept);
                }
            }
            let problems = &mut self.problems;
            self.refused.retain(|(code, message)| {
                let here = code == key;
                if here {
                    problems.push(Problem::new(format!("/{key}"), message.clone()));
                }
                !here
            });
        }
        if self.files_key.is_some() {
            self.files = files;
        }
    }
}

/// Files of the case stay as they are; new ones must be the reader's own.
pub(super) async fn files(
    desk: &Desk,
    case: &pb::Case,
    body: &Body,
) -> Result<Vec<pb::MaterialRef>, Fault> {
    let owner = desk.who()?.account;
    let mut files = Vec::new();
    for (code, id) in body.materials() {
        let known = case
            .materials
            .iter()
            .find(|file| file.file_id == id && file.code == code);
        if let Some(known) = known {
            files.push(known.clone());
            continue;
        }
        match desk
            .state
            .uploads()
            .material_refs(owner, &[(code, id)])
            .await
        {
            Ok(found) => files.extend(found),
            Err(fault) if fault.code == Code::InvalidInput => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(files)
}
