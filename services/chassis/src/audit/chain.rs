//! The rows of the log and the hash that links them.
//!
//! `hash = SHA-256(tag, previous hash, fields)`, each field with its length so
//! that no two rows share an encoding. The position is not hashed: the order is
//! said by the links, so a renumbered log still shows where it was cut.

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use sqlx::{FromRow, PgConnection};

/// A SHA-256 value.
pub(super) type Hash = [u8; 32];

/// What the first entry is linked to.
pub(super) const GENESIS: Hash = [0; 32];

const TAG: &[u8] = b"yiwang-audit-v1";

/// An entry as stored.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Row {
    pub(super) id: i64,
    at: DateTime<Utc>,
    actor: String,
    actor_name: Option<String>,
    on_behalf_of: Option<String>,
    action: String,
    object: String,
    purpose: Option<String>,
    outcome: String,
    detail: String,
    traceparent: Option<String>,
    pub(super) position: Option<i64>,
    pub(super) previous: Option<Vec<u8>>,
    pub(super) hash: Option<Vec<u8>>,
}

impl Row {
    /// The hash of this entry behind `previous`.
    pub(super) fn hash_after(&self, previous: &[u8]) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(TAG);
        let id = self.id.to_be_bytes();
        let at = self.at.timestamp_micros().to_be_bytes();
        let fields = [
            Some(previous),
            Some(id.as_slice()),
            Some(at.as_slice()),
            Some(self.actor.as_bytes()),
            self.actor_name.as_deref().map(str::as_bytes),
            self.on_behalf_of.as_deref().map(str::as_bytes),
            Some(self.action.as_bytes()),
            Some(self.object.as_bytes()),
            self.purpose.as_deref().map(str::as_bytes),
            Some(self.outcome.as_bytes()),
            Some(self.detail.as_bytes()),
            self.traceparent.as_deref().map(str::as_bytes),
        ];
        for field in fields {
            match field {
                None => hasher.update([0]),
                Some(bytes) => {
                    hasher.update([1]);
                    hasher.update((bytes.len() as u64).to_be_bytes());
                    hasher.update(bytes);
                }
            }
        }
        hasher.finalize().into()
    }
}

/// The end of the chain: position and hash of its last entry.
pub(super) async fn tip(conn: &mut PgConnection) -> sqlx::Result<Option<(i64, Vec<u8>)>> {
    sqlx::query_as(
        "select position, hash from chassis.audit_entry
         where position is not null order by position desc limit 1",
    )
    .fetch_optional(conn)
    .await
}

/// The hash at a position.
pub(super) async fn hash_at(
    conn: &mut PgConnection,
    position: i64,
) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar("select hash from chassis.audit_entry where position = $1")
        .bind(position)
        .fetch_optional(conn)
        .await
}

/// Entries that wait for their link, oldest first.
pub(super) async fn unchained(conn: &mut PgConnection, limit: i64) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "select id, at, actor, actor_name, on_behalf_of, action, object, purpose, outcome,
                detail::text as detail, traceparent, position, previous, hash
         from chassis.audit_entry where position is null order by id limit $1",
    )
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// A page of the chain after `after` (position, id).
pub(super) async fn page(
    conn: &mut PgConnection,
    after: (i64, i64),
    limit: i64,
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "select id, at, actor, actor_name, on_behalf_of, action, object, purpose, outcome,
                detail::text as detail, traceparent, position, previous, hash
         from chassis.audit_entry
         where position is not null and position >= $1 and (position, id) > ($1, $2)
         order by position, id limit $3",
    )
    .bind(after.0)
    .bind(after.1)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Writes links: (id, position, previous, hash).
pub(super) async fn link(
    conn: &mut PgConnection,
    links: &[(i64, i64, Hash, Hash)],
) -> sqlx::Result<()> {
    let ids: Vec<i64> = links.iter().map(|link| link.0).collect();
    let positions: Vec<i64> = links.iter().map(|link| link.1).collect();
    let previous: Vec<&[u8]> = links.iter().map(|link| link.2.as_slice()).collect();
    let hashes: Vec<&[u8]> = links.iter().map(|link| link.3.as_slice()).collect();
    sqlx::query(
        "update chassis.audit_entry e
         set position = link.position, previous = link.previous, hash = link.hash
         from unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[])
             as link (id, position, previous, hash)
         where e.id = link.id",
    )
    .bind(ids)
    .bind(positions)
    .bind(previous)
    .bind(hashes)
    .execute(conn)
    .await?;
    Ok(())
}

/// How many entries wait for their link.
pub(super) async fn count_unchained(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from chassis.audit_entry where position is null")
        .fetch_one(conn)
        .await
}
