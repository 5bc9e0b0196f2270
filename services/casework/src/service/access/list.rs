//! The caller's own requests, and those that wait for the caller.

use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_proto::casework::v1 as pb;

use super::{reader, request};
use crate::{
    page::{BadCursor, Cursor, limit_of},
    runtime::Runtime,
    store::{self, access::request::After},
};

pub(in crate::service) async fn run(
    rt: &Runtime,
    caller: &Caller,
    asked: pb::ListAccessRequestsRequest,
) -> Result<pb::AccessRequestPage, Fault> {
    if !caller.is_staff() {
        return Err(Fault::forbidden());
    }
    let limit = limit_of(asked.limit);
    let after = parse(&asked.cursor)?;
    let reader = reader(rt, caller);
    let mut conn = rt.pool.acquire().await?;
    let state = asked.state.as_str();
    let mut rows =
        store::access::request::list(&mut conn, &reader, state, after, limit + 1).await?;
    let overdue = store::access::request::overdue_reviews(&mut conn, &reader).await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next_cursor = rows.last().filter(|_| more).map(|row| {
        let first = row.overdue && row.requester != reader.account;
        format!(
            "{}.{}",
            u8::from(first),
            Cursor::print(row.asked_at, row.id)
        )
    });
    let requests = rows.into_iter().map(|row| request(rt, &reader, row));
    Ok(pb::AccessRequestPage {
        requests: requests.collect::<Result<_, _>>()?,
        next_cursor: next_cursor.unwrap_or_default(),
        overdue_reviews: i32::try_from(overdue).unwrap_or(i32::MAX),
    })
}

fn parse(cursor: &str) -> Result<Option<After>, BadCursor> {
    if cursor.is_empty() {
        return Ok(None);
    }
    let (first, rest) = cursor.split_once('.').ok_or(BadCursor)?;
    let after = Cursor::parse(rest)?.ok_or(BadCursor)?;
    Ok(Some((first == "1", after.0, after.1)))
}
