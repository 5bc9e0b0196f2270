//! Lists and counts over all services.

use std::cmp::{Ordering, Reverse};

use futures::future::join_all;
use prost_types::Timestamp;
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use super::{
    Backends, Identity, Service,
    cursor::{self, Cursor, Source},
};

/// A page of a list that several services contribute to.
#[derive(Debug, Clone)]
pub struct Merged<T> {
    /// What is shown.
    pub entries: Vec<T>,
    /// Gets the next page; empty at the end.
    pub next_cursor: String,
    /// Services that did not answer; their entries are missing.
    pub unavailable: Vec<String>,
}

/// How one list is read.
struct Listing<O> {
    cursor: String,
    limit: usize,
    order: O,
}

impl Backends {
    /// Cases that the caller applied for, newest first.
    ///
    /// # Errors
    /// `CURSOR`, or when no service answers.
    pub async fn own_cases(
        &self,
        who: impl Into<Identity>,
        cursor: &str,
        limit: usize,
    ) -> Result<Merged<pb::Case>, Fault> {
        let who = who.into();
        let newest = |a: &pb::Case, b: &pb::Case| {
            Reverse(when(a.submitted_at)).cmp(&Reverse(when(b.submitted_at)))
        };
        let listing = Listing { cursor: cursor.to_owned(), limit, order: newest };
        self.merged(listing, async |service, cursor, limit| {
            let request = pb::ListOwnCasesRequest { cursor, limit };
            let page = self
                .call(service, Some(&who), request, |mut client, request| async move {
                    client.list_own_cases(request).await
                })
                .await?;
            Ok((page.cases, page.next_cursor))
        })
        .await
    }

    /// Open cases that wait for the caller, nearest deadline first. `filter`
    /// carries view, item, state and number; its cursor is a merged one.
    ///
    /// # Errors
    /// `CURSOR`, or when no service answers.
    pub async fn work(
        &self,
        who: impl Into<Identity>,
        filter: pb::ListWorkRequest,
    ) -> Result<Merged<pb::Case>, Fault> {
        let who = who.into();
        let limit = usize::try_from(filter.limit).ok().filter(|limit| *limit > 0).unwrap_or(50);
        let listing = Listing { cursor: filter.cursor.clone(), limit, order: by_deadline };
        self.merged(listing, async |service, cursor, limit| {
            let request = pb::ListWorkRequest { cursor, limit, ..filter.clone() };
            let page = self
                .call(service, Some(&who), request, |mut client, request| async move {
                    client.list_work(request).await
                })
                .await?;
            Ok((page.cases, page.next_cursor))
        })
        .await
    }

    /// Public notices in divisions that begin with `division`, newest first.
    ///
    /// # Errors
    /// `CURSOR`, or when no service answers.
    pub async fn notices(
        &self,
        division: &str,
        cursor: &str,
        limit: usize,
    ) -> Result<Merged<pb::Notice>, Fault> {
        let newest = |a: &pb::Notice, b: &pb::Notice| {
            Reverse(when(a.posted_at)).cmp(&Reverse(when(b.posted_at)))
        };
        let listing = Listing { cursor: cursor.to_owned(), limit, order: newest };
        self.merged(listing, async |service, cursor, limit| {
            let request = pb::ListNoticesRequest { division: division.to_owned(), cursor, limit };
            let page = self
                .call(service, None, request, |mut client, request| async move {
                    client.list_notices(request).await
                })
                .await?;
            Ok((page.notices, page.next_cursor))
        })
        .await
    }

    /// Counts over all services.
    ///
    /// # Errors
    /// When a service does not answer: a sum without it would be wrong.
    pub async fn statistics(
        &self,
        who: impl Into<Identity>,
        request: pb::GetStatisticsRequest,
    ) -> Result<pb::Statistics, Fault> {
        let who = who.into();
        let answers = self
            .call_all(Some(&who), request, |mut client, request| async move {
                client.get_statistics(request).await
            })
            .await;
        let mut total = pb::Statistics::default();
        for (_, answer) in answers {
            let part = answer?;
            add(&mut total.by_state, part.by_state);
            add(&mut total.by_division, part.by_division);
            add(&mut total.by_day, part.by_day);
            total.open += part.open;
            total.overdue += part.overdue;
            total.total += part.total;
        }
        total.by_day.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(total)
    }

    async fn merged<T>(
        &self,
        listing: Listing<impl Fn(&T, &T) -> Ordering>,
        fetch: impl AsyncFn(&Service, String, i32) -> Result<(Vec<T>, String), Fault>,
    ) -> Result<Merged<T>, Fault> {
        let mut cursor = Cursor::parse(&listing.cursor)?;
        let limit = listing.limit.clamp(1, 100);
        let wanted = i32::try_from(limit).unwrap_or(100);
        let open: Vec<_> = self
            .services
            .iter()
            .map(|service| (service, cursor.place(&service.name)))
            .filter(|(_, place)| !place.done)
            .collect();
        let fetched = open.into_iter().map(async |(service, place)| {
            let answer = fetch(service, place.page.clone(), wanted).await;
            (service.name.clone(), place, answer)
        });

        let mut sources = Vec::new();
        let mut unavailable = Vec::new();
        let mut failure = None;
        for (service, place, answer) in join_all(fetched).await {
            match answer {
                Ok((entries, next_page)) => {
                    sources.push(Source { service, place, entries, next_page });
                }
                Err(fault) if fault.retryable() => {
                    cursor.keep(&service, place);
                    unavailable.push(service);
                    failure = Some(fault);
                }
                Err(fault) => return Err(fault),
            }
        }
        if let Some(fault) = failure.filter(|_| sources.is_empty()) {
            return Err(fault);
        }
        let entries = cursor::merge(sources, limit, listing.order, &mut cursor);
        Ok(Merged { entries, next_cursor: cursor.encode(), unavailable })
    }
}

/// Cases without a clock come last.
fn by_deadline(a: &pb::Case, b: &pb::Case) -> Ordering {
    let due = |case: &pb::Case| {
        let at = case.due.as_ref().and_then(|clock| clock.due_at);
        (at.is_none(), when(at), when(case.submitted_at))
    };
    due(a).cmp(&due(b))
}

fn when(at: Option<Timestamp>) -> (i64, i32) {
    at.map_or((0, 0), |at| (at.seconds, at.nanos))
}

fn add(total: &mut Vec<pb::Count>, part: Vec<pb::Count>) {
    for count in part {
        match total.iter_mut().find(|known| known.key == count.key) {
            Some(known) => known.count += count.count,
            None => total.push(count),
        }
    }
}
