//! The rows of both entries.

use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;

use crate::archive::columns::Entry;

/// Rows of one entry as columns, ready for the table.
#[derive(Default)]
pub(crate) struct Rows {
    pub(crate) numbers: Vec<i64>,
    pub(crate) divorces: Vec<bool>,
    pub(crate) bodies: Vec<Vec<u8>>,
    pub(crate) fingerprints: Vec<Vec<u8>>,
}

fn id(batch: Uuid, entry: i32, row: i64) -> String {
    format!("{batch}/{entry}/{row}")
}

impl Rows {
    /// Seals a row as typed and adds it. The fingerprint is a keyed hash: it tells equal
    /// rows and nothing else.
    pub(crate) fn push(
        &mut self,
        rt: &Runtime,
        (batch, entry, row): (Uuid, i32, i64),
        typed: &Entry,
        normal: &Entry,
        divorce: bool,
    ) -> Result<(), Fault> {
        let fingerprint = rt.keyer.blind_index("marriage.batch_row", &normal.joined());
        self.numbers.push(row);
        self.divorces.push(divorce);
        self.bodies
            .push(rt.seal("batch_row", &id(batch, entry, row), typed)?);
        self.fingerprints
            .push(hex::decode(fingerprint).map_err(Fault::internal)?);
        Ok(())
    }
}

/// Opens a row.
pub(crate) fn open(
    rt: &Runtime,
    (batch, entry, row): (Uuid, i32, i64),
    sealed: &[u8],
) -> Result<Entry, Fault> {
    rt.open("batch_row", &id(batch, entry, row), sealed)
}

/// Adds rows and counts them.
pub(crate) async fn insert(
    conn: &mut PgConnection,
    batch: Uuid,
    entry: i32,
    rows: &Rows,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into marriage.batch_row (batch, row, entry, divorce, body, fingerprint)
         select $1, number, $2, divorce, body, fingerprint
           from unnest($3::bigint[], $4::bool[], $5::bytea[], $6::bytea[])
                as typed (number, divorce, body, fingerprint)",
    )
    .bind(batch)
    .bind(entry)
    .bind(&rows.numbers)
    .bind(&rows.divorces)
    .bind(&rows.bodies)
    .bind(&rows.fingerprints)
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "update marriage.batch
            set rows_first = rows_first + case $2 when 1 then $3 else 0 end,
                rows_second = rows_second + case $2 when 2 then $3 else 0 end
          where id = $1",
    )
    .bind(batch)
    .bind(entry)
    .bind(i64::try_from(rows.numbers.len()).unwrap_or(i64::MAX))
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets the rows of an entry.
pub(crate) async fn clear(conn: &mut PgConnection, batch: Uuid, entry: i32) -> sqlx::Result<()> {
    sqlx::query("delete from marriage.batch_row where batch = $1 and entry = $2")
        .bind(batch)
        .bind(entry)
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "update marriage.batch
            set rows_first = case $2 when 1 then 0 else rows_first end,
                rows_second = case $2 when 2 then 0 else rows_second end,
                compared = 0, compared_to = 0
          where id = $1",
    )
    .bind(batch)
    .bind(entry)
    .execute(conn)
    .await?;
    Ok(())
}

/// A row with its two entries; both bodies are left out when they mean the same.
#[derive(FromRow)]
pub(crate) struct Pair {
    pub(crate) row: i64,
    pub(crate) same: bool,
    pub(crate) first: Option<Vec<u8>>,
    pub(crate) second: Option<Vec<u8>>,
}

/// The pairs of the rows after one, up to another.
pub(crate) async fn pairs(
    conn: &mut PgConnection,
    batch: Uuid,
    after: i64,
    to: i64,
) -> sqlx::Result<Vec<Pair>> {
    sqlx::query_as(
        "select row, coalesce(first.fingerprint = second.fingerprint, false) as same,
                case when first.fingerprint = second.fingerprint then null
                     else first.body end as first,
                case when first.fingerprint = second.fingerprint then null
                     else second.body end as second
           from (select row, body, fingerprint from marriage.batch_row
                  where batch = $1 and entry = 1 and row > $2 and row <= $3) first
           full join (select row, body, fingerprint from marriage.batch_row
                  where batch = $1 and entry = 2 and row > $2 and row <= $3) second using (row)
          order by row",
    )
    .bind(batch)
    .bind(after)
    .bind(to)
    .fetch_all(conn)
    .await
}

/// The last row of either entry.
pub(crate) async fn last(conn: &mut PgConnection, batch: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar("select coalesce(max(row), 0) from marriage.batch_row where batch = $1")
        .bind(batch)
        .fetch_one(conn)
        .await
}

/// The two entries of one row.
pub(crate) async fn both(
    rt: &Runtime,
    conn: &mut PgConnection,
    batch: Uuid,
    row: i64,
) -> Result<[Option<Entry>; 2], Fault> {
    let found: Vec<(i32, Vec<u8>)> =
        sqlx::query_as("select entry, body from marriage.batch_row where batch = $1 and row = $2")
            .bind(batch)
            .bind(row)
            .fetch_all(conn)
            .await?;
    let mut both = [None, None];
    for (entry, body) in found {
        let at = usize::from(entry != 1);
        both[at] = Some(open(rt, (batch, entry, row), &body)?);
    }
    Ok(both)
}

/// A row that is to be published, in the entry that stands.
#[derive(FromRow)]
pub(crate) struct Standing {
    pub(crate) row: i64,
    pub(crate) entry: i32,
    pub(crate) body: Vec<u8>,
}

/// The next divorces, or marriages, after a row. Dropped rows are left out; where nobody
/// decided, both entries are the same and the first stands.
pub(crate) async fn standing(
    conn: &mut PgConnection,
    batch: Uuid,
    divorces: bool,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<Standing>> {
    sqlx::query_as(
        "select typed.row, typed.entry, typed.body
           from marriage.batch_row typed
           left join lateral (
                select decided from marriage.batch_problem problem
                 where problem.batch = typed.batch and problem.row = typed.row
                   and decided is not null
                 limit 1) choice on true
          where typed.batch = $1 and typed.row > $2 and typed.divorce = $3
            and typed.entry = case choice.decided when 'second' then 2 when 'drop' then 0
                              else 1 end
          order by typed.row limit $4",
    )
    .bind(batch)
    .bind(after)
    .bind(divorces)
    .bind(limit)
    .fetch_all(conn)
    .await
}
