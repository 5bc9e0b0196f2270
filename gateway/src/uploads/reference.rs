//! What services are told about files: only those of whoever names them.

use serde_json::Value;
use uuid::Uuid;
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use super::{Row, Uploads};

/// Most files in one application.
pub(crate) const MAX_MATERIALS: usize = 60;

impl Uploads {
    /// What a service is told about files of `owner`: `wanted` is (material code, file id).
    ///
    /// # Errors
    /// `INVALID_INPUT` at `/materials/<n>/file_id` for a file that is not theirs.
    pub async fn material_refs(
        &self,
        owner: Uuid,
        wanted: &[(String, String)],
    ) -> Result<Vec<pb::MaterialRef>, Fault> {
        if wanted.len() > MAX_MATERIALS {
            let message = format!("材料最多上传{MAX_MATERIALS}份，请删去重复的文件。");
            return Err(Fault::invalid_field("/materials", "TOO_MANY", message));
        }
        if wanted.is_empty() {
            return Ok(vec![]);
        }
        let ids: Vec<Uuid> = wanted
            .iter()
            .filter_map(|(_, id)| id.parse().ok())
            .collect();
        let rows = self.rows(owner, ids).await?;
        let mut refs = Vec::with_capacity(wanted.len());
        for (index, (code, file_id)) in wanted.iter().enumerate() {
            let row = rows.iter().find(|row| row.id.to_string() == *file_id);
            let row = row.ok_or_else(|| {
                let message = "找不到这份材料文件，请重新上传。";
                let field = format!("/materials/{index}/file_id");
                Fault::invalid_field(field, "FILE_UNKNOWN", message)
            })?;
            refs.push(self.reference(row, code.clone())?);
        }
        Ok(refs)
    }

    /// The files of `owner` that the data of an act name by their ids, in lists straight below
    /// the root. Whether the act takes them there is for its service to say.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn named(&self, owner: Uuid, data: &Value) -> Result<Vec<pb::MaterialRef>, Fault> {
        let lists: Vec<&Value> = match data {
            Value::Object(fields) => fields.values().collect(),
            Value::Array(lists) => lists.iter().collect(),
            _ => vec![],
        };
        let entries = lists.into_iter().filter_map(Value::as_array).flatten();
        let ids = entries.filter_map(|entry| entry.as_str()?.parse().ok());
        let ids: Vec<Uuid> = ids.take(MAX_MATERIALS).collect();
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let mut rows = self.rows(owner, ids.clone()).await?;
        // In the order they are named in: a repeat is the same.
        rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
        let files = rows.iter().map(|row| self.reference(row, String::new()));
        files.collect()
    }

    async fn rows(&self, owner: Uuid, ids: Vec<Uuid>) -> sqlx::Result<Vec<Row>> {
        sqlx::query_as(
            "select id, name_sealed, media_type, size, sha256, stored_at from gateway.file
             where id = any($1) and owner = $2",
        )
        .bind(ids)
        .bind(owner)
        .fetch_all(&self.pool)
        .await
    }

    /// A file as services are told about it.
    fn reference(&self, row: &Row, code: String) -> Result<pb::MaterialRef, Fault> {
        let file = self.described(row)?;
        Ok(pb::MaterialRef {
            code,
            file_id: file.id.to_string(),
            file_name: file.name,
            media_type: file.media_type,
            size: file.size,
            sha256: file.sha256,
        })
    }
}
