//! Files that people hand in: sealed, in a directory or store shared by all
//! replicas, with their row in PostgreSQL.
//!
//! A file is its owner's alone until a case names it; then whoever may see the
//! case may fetch it through the case.

use std::sync::Arc;

use anyhow::Context as _;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use jiff::Timestamp;
use object_store::{ObjectStore, ObjectStoreExt as _, local::LocalFileSystem, path::Path};
use sha2::{Digest, Sha256};
use sqlx::{FromRow, PgPool};
use uuid::Uuid;
use yiwang_chassis::{
    clock::SharedClock,
    db::{from_chrono, to_chrono},
    fault::{Code, Fault},
    ids,
};
use yiwang_proto::casework::v1 as pb;

use crate::{
    config,
    crypto::{Column, Vault},
};

pub(crate) mod bare;
mod receive;
mod reference;
pub(crate) use receive::broken;
pub(crate) use reference::MAX_MATERIALS;
mod sniff;

/// A file that was handed in.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Its id.
    pub id: Uuid,
    /// Its name, without any path.
    pub name: String,
    /// `image/jpeg`, `image/png`, `image/webp` or `application/pdf`, by its content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// When it was handed in.
    pub stored_at: Timestamp,
}

/// A file with its content.
pub struct OpenedFile {
    /// What it is.
    pub file: StoredFile,
    /// The whole content.
    pub content: Bytes,
}

/// Takes files in and gives them out.
pub struct Uploads {
    pool: PgPool,
    vault: Arc<Vault>,
    clock: SharedClock,
    store: Arc<dyn ObjectStore>,
    config: config::Uploads,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    name_sealed: Vec<u8>,
    media_type: String,
    size: i64,
    sha256: String,
    stored_at: DateTime<Utc>,
}

impl Uploads {
    /// Opens the store, making its directory.
    ///
    /// # Errors
    /// When the directory cannot be made.
    pub fn new(
        pool: PgPool,
        vault: Arc<Vault>,
        clock: SharedClock,
        config: config::Uploads,
    ) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&config.dir).context("cannot make uploads.dir")?;
        let store = LocalFileSystem::new_with_prefix(&config.dir)?.with_fsync(true);
        Ok(Self {
            pool,
            vault,
            clock,
            store: Arc::new(store),
            config,
        })
    }

    /// Keeps a file for `owner` after looking at its content.
    ///
    /// # Errors
    /// `FILE_EMPTY`, `FILE_TOO_LARGE`, `FILE_KIND`, `FILE_EXTENSION`, `FILE_QUOTA`.
    pub async fn store(
        &self,
        owner: Uuid,
        name: &str,
        content: Bytes,
    ) -> Result<StoredFile, Fault> {
        if content.len() > self.config.max_file {
            return Err(self.too_large());
        }
        self.check_quota(owner).await?;
        let id = ids::new(self.clock.now());
        self.put(id, owner, name, content).await
    }

    /// Keeps what a phone may send again: the same content under its `mark` is the same file.
    ///
    /// # Errors
    /// As [`Self::store`].
    pub async fn store_once(
        &self,
        owner: Uuid,
        mark: Uuid,
        name: &str,
        content: Bytes,
    ) -> Result<StoredFile, Fault> {
        if content.len() > self.config.max_file {
            return Err(self.too_large());
        }
        let id = marked(owner, mark, &content);
        if let Some(row) = self.row(id, Some(owner)).await? {
            return self.described(&row);
        }
        self.check_quota(owner).await?;
        self.put(id, owner, name, content).await
    }

    /// Keeps a file of `owner` under this id unless it is kept already.
    ///
    /// # Errors
    /// As [`Self::store`], but for the quota.
    pub(crate) async fn keep(
        &self,
        id: Uuid,
        owner: Uuid,
        name: &str,
        content: Bytes,
    ) -> Result<(), Fault> {
        match self.row(id, None).await? {
            Some(_) => Ok(()),
            None => self.put(id, owner, name, content).await.map(drop),
        }
    }

    async fn put(
        &self,
        id: Uuid,
        owner: Uuid,
        name: &str,
        content: Bytes,
    ) -> Result<StoredFile, Fault> {
        let name = sniff::clean_name(name);
        let media_type = sniff::kind(&name, &content)?;
        let now = self.clock.now();
        let file = StoredFile {
            id,
            name,
            media_type: media_type.to_owned(),
            size: i64::try_from(content.len()).unwrap_or(i64::MAX),
            sha256: hex::encode(Sha256::digest(&content)),
            stored_at: now,
        };
        let sealed = self
            .vault
            .seal(Column::FileContent, &id.to_string(), &content)?;
        // First the object, then the row: a row never lacks its object.
        self.store
            .put(&path(id), sealed.into())
            .await
            .map_err(Fault::unavailable)?;
        let stored = sqlx::query(
            "insert into gateway.file (id, owner, name_sealed, media_type, size, sha256, stored_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (id) do nothing",
        )
        .bind(id)
        .bind(owner)
        .bind(self.vault.seal_text(Column::FileName, id, &file.name)?)
        .bind(&file.media_type)
        .bind(file.size)
        .bind(&file.sha256)
        .bind(to_chrono(now))
        .execute(&self.pool)
        .await?;
        if stored.rows_affected() == 0 {
            // Another request was first with the same file.
            let row = self.row(id, Some(owner)).await?;
            return self.described(&row.ok_or_else(Fault::not_found)?);
        }
        metrics::counter!("yiwang_gateway_uploads_total").increment(1);
        Ok(file)
    }

    /// A file of `owner`.
    ///
    /// # Errors
    /// `NOT_FOUND`, also when it is somebody else's.
    pub async fn open_own(&self, owner: Uuid, id: Uuid) -> Result<OpenedFile, Fault> {
        let row = self
            .row(id, Some(owner))
            .await?
            .ok_or_else(Fault::not_found)?;
        self.read(row).await
    }

    /// A file that a case names; the caller of this function has seen the case.
    ///
    /// # Errors
    /// `NOT_FOUND` when the case does not name it.
    pub async fn open_attached(&self, case: &pb::Case, id: Uuid) -> Result<OpenedFile, Fault> {
        let brought = case.act_files.iter().filter_map(|one| one.file.as_ref());
        let mut named = case.materials.iter().chain(brought);
        let named = named.find(|material| material.file_id == id.to_string());
        self.open_named(named.ok_or_else(Fault::not_found)?).await
    }

    /// A file that a service names; the caller of this function may see what names it.
    ///
    /// # Errors
    /// `NOT_FOUND` when it is not there.
    pub async fn open_named(&self, named: &pb::MaterialRef) -> Result<OpenedFile, Fault> {
        let id = named.file_id.parse().map_err(|_| Fault::not_found())?;
        let row = self.row(id, None).await?.ok_or_else(Fault::not_found)?;
        if named.sha256 != row.sha256 {
            return Err(Fault::internal("another content of this file is named"));
        }
        self.read(row).await
    }

    async fn row(&self, id: Uuid, owner: Option<Uuid>) -> Result<Option<Row>, Fault> {
        let row = sqlx::query_as(
            "select id, name_sealed, media_type, size, sha256, stored_at from gateway.file
             where id = $1 and ($2::uuid is null or owner = $2)",
        )
        .bind(id)
        .bind(owner)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row)
    }

    fn described(&self, row: &Row) -> Result<StoredFile, Fault> {
        Ok(StoredFile {
            id: row.id,
            name: self
                .vault
                .open_text(Column::FileName, row.id, &row.name_sealed)?,
            media_type: row.media_type.clone(),
            size: row.size,
            sha256: row.sha256.clone(),
            stored_at: from_chrono(row.stored_at),
        })
    }

    async fn read(&self, row: Row) -> Result<OpenedFile, Fault> {
        let file = self.described(&row)?;
        let found = self
            .store
            .get(&path(row.id))
            .await
            .map_err(Fault::unavailable)?;
        let sealed = found.bytes().await.map_err(Fault::unavailable)?;
        let plain = self
            .vault
            .open(Column::FileContent, &row.id.to_string(), &sealed)?;
        Ok(OpenedFile {
            file,
            content: Bytes::copy_from_slice(&plain),
        })
    }

    async fn check_quota(&self, owner: Uuid) -> Result<(), Fault> {
        let count: i64 = sqlx::query_scalar("select count(*) from gateway.file where owner = $1")
            .bind(owner)
            .fetch_one(&self.pool)
            .await?;
        if count < self.config.max_files_per_account {
            return Ok(());
        }
        let message = "您上传的文件已达到数量上限，请联系窗口工作人员。";
        Err(Fault::new(Code::RateLimited, "FILE_QUOTA", message))
    }

    fn too_large(&self) -> Fault {
        let megabytes = self.config.max_file / (1024 * 1024);
        let limit = match megabytes {
            0 => format!("{} KB", self.config.max_file / 1024),
            whole => format!("{whole} MB"),
        };
        let message = format!("文件不能超过 {limit}，请压缩或重新拍照后再上传。");
        let field =
            yiwang_chassis::fault::FieldViolation::new("/file", "FILE_TOO_LARGE", message.clone());
        Fault {
            fields: vec![field],
            ..Fault::new(Code::TooLarge, "FILE_TOO_LARGE", message)
        }
    }
}

// A file's name says who it is about: it must not reach a log.
impl std::fmt::Debug for StoredFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredFile")
            .field("id", &self.id)
            .field("media_type", &self.media_type)
            .finish_non_exhaustive()
    }
}

/// The id of a file that its owner's phone has marked; another content is another file.
fn marked(owner: Uuid, mark: Uuid, content: &[u8]) -> Uuid {
    let digest = Sha256::new()
        .chain_update(owner)
        .chain_update(mark)
        .chain_update(content)
        .finalize();
    let (mut bytes, digest) = ([0; 16], digest.as_slice());
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// Never made of anything that a person typed.
fn path(id: Uuid) -> Path {
    let id = id.to_string();
    // The tail of a version 7 id is random: directories fill evenly.
    Path::from(format!("{}/{id}", &id[id.len() - 2..]))
}
