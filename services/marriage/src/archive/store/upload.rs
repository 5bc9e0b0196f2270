//! The two uploads of a batch and their sealed chunks.

use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use zeroize::Zeroizing;

/// The upload of an entry.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Upload {
    pub(crate) entry: i32,
    pub(crate) account: Uuid,
    pub(crate) format: String,
    pub(crate) received: i64,
    pub(crate) complete: bool,
    pub(crate) read: bool,
}

/// The uploads of a batch, the first entry first.
pub(crate) async fn all(conn: &mut PgConnection, batch: Uuid) -> sqlx::Result<Vec<Upload>> {
    sqlx::query_as(
        "select entry, account, format, received, complete, read
           from marriage.batch_upload where batch = $1 order by entry",
    )
    .bind(batch)
    .fetch_all(conn)
    .await
}

/// Keeps what is known of an upload.
pub(crate) async fn put(conn: &mut PgConnection, batch: Uuid, upload: &Upload) -> sqlx::Result<()> {
    sqlx::query(
        "insert into marriage.batch_upload
             (batch, entry, account, format, received, complete, read)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (batch, entry) do update
             set account = excluded.account, format = excluded.format,
                 received = excluded.received, complete = excluded.complete,
                 read = excluded.read",
    )
    .bind(batch)
    .bind(upload.entry)
    .bind(upload.account)
    .bind(&upload.format)
    .bind(upload.received)
    .bind(upload.complete)
    .bind(upload.read)
    .execute(conn)
    .await?;
    Ok(())
}

/// The place a chunk is sealed for.
fn place(batch: Uuid, entry: i32, at: i64) -> String {
    format!("marriage.batch_chunk:{batch}/{entry}/{at}")
}

/// Keeps a chunk.
pub(crate) async fn add_chunk(
    rt: &Runtime,
    conn: &mut PgConnection,
    (batch, entry, at): (Uuid, i32, i64),
    content: &[u8],
) -> Result<(), Fault> {
    let place = place(batch, entry, at);
    let sealed = rt
        .sealer
        .seal(place.as_bytes(), content, rand::random())
        .map_err(Fault::internal)?;
    sqlx::query(
        "insert into marriage.batch_chunk (batch, entry, at, content) values ($1, $2, $3, $4)",
    )
    .bind(batch)
    .bind(entry)
    .bind(at)
    .bind(sealed)
    .execute(conn)
    .await?;
    Ok(())
}

/// The chunk that begins exactly here.
pub(crate) async fn chunk_at(
    rt: &Runtime,
    conn: &mut PgConnection,
    (batch, entry, at): (Uuid, i32, i64),
) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
    let sealed: Option<Vec<u8>> = sqlx::query_scalar(
        "select content from marriage.batch_chunk where batch = $1 and entry = $2 and at = $3",
    )
    .bind(batch)
    .bind(entry)
    .bind(at)
    .fetch_optional(conn)
    .await?;
    let place = place(batch, entry, at);
    let open = |sealed: Vec<u8>| rt.sealer.open(place.as_bytes(), &sealed);
    sealed.map(open).transpose().map_err(Fault::internal)
}

/// The chunk that holds this byte, and where it begins.
pub(crate) async fn chunk_with(
    rt: &Runtime,
    batch: Uuid,
    entry: i32,
    byte: u64,
) -> Result<(u64, Zeroizing<Vec<u8>>), Fault> {
    let byte = i64::try_from(byte).map_err(Fault::internal)?;
    let (at, sealed): (i64, Vec<u8>) = sqlx::query_as(
        "select at, content from marriage.batch_chunk
          where batch = $1 and entry = $2 and at <= $3 order by at desc limit 1",
    )
    .bind(batch)
    .bind(entry)
    .bind(byte)
    .fetch_one(&rt.pool)
    .await?;
    let opened = rt.sealer.open(place(batch, entry, at).as_bytes(), &sealed);
    let opened = opened.map_err(Fault::internal)?;
    Ok((u64::try_from(at).map_err(Fault::internal)?, opened))
}

/// Forgets the chunks of an entry from a byte on.
pub(crate) async fn cut(
    conn: &mut PgConnection,
    batch: Uuid,
    entry: i32,
    from: i64,
) -> sqlx::Result<()> {
    sqlx::query("delete from marriage.batch_chunk where batch = $1 and entry = $2 and at >= $3")
        .bind(batch)
        .bind(entry)
        .bind(from)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets both files: every cell of them stands in the rows.
pub(crate) async fn forget(conn: &mut PgConnection, batch: Uuid) -> sqlx::Result<()> {
    sqlx::query("delete from marriage.batch_chunk where batch = $1")
        .bind(batch)
        .execute(conn)
        .await?;
    Ok(())
}
