//! Lists and counts over all services.

use std::{cmp::Ordering, future::Future};

use futures::future::join_all;
use prost_types::Timestamp;
use tonic::{Request, Response, Status, transport::Channel};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1::{self as pb, casework_client::CaseworkClient};

use super::{
    Backends, Identity,
    cursor::{self, Cursor, Place, Source},
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

/// One service's answer to a call for its page.
struct Page<A> {
    service: String,
    place: Place,
    answer: Result<A, Fault>,
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
        let (from, limit) = (Cursor::parse(cursor)?, page_size(limit));
        let request = |cursor| pb::ListOwnCasesRequest { cursor, limit };
        let pages = self
            .pages(
                Some(&who),
                &from,
                request,
                |mut client, request| async move { client.list_own_cases(request).await },
            )
            .await;
        let newest = |a: &pb::Case, b: &pb::Case| when(b.submitted_at).cmp(&when(a.submitted_at));
        self.merged(
            from,
            limit,
            pages,
            |page| (page.cases, page.next_cursor),
            newest,
        )
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
        let limit = usize::try_from(filter.limit)
            .ok()
            .filter(|limit| *limit > 0);
        let (from, limit) = (
            Cursor::parse(&filter.cursor)?,
            page_size(limit.unwrap_or(50)),
        );
        let request = |cursor| pb::ListWorkRequest {
            cursor,
            limit,
            ..filter.clone()
        };
        let pages = self
            .pages(
                Some(&who),
                &from,
                request,
                |mut client, request| async move { client.list_work(request).await },
            )
            .await;
        self.merged(
            from,
            limit,
            pages,
            |page| (page.cases, page.next_cursor),
            by_deadline,
        )
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
        let (from, limit) = (Cursor::parse(cursor)?, page_size(limit));
        let request = |cursor| pb::ListNoticesRequest {
            division: division.to_owned(),
            cursor,
            limit,
        };
        let pages = self
            .pages(None, &from, request, |mut client, request| async move {
                client.list_notices(request).await
            })
            .await;
        let newest = |a: &pb::Notice, b: &pb::Notice| when(b.posted_at).cmp(&when(a.posted_at));
        self.merged(
            from,
            limit,
            pages,
            |page| (page.notices, page.next_cursor),
            newest,
        )
    }

    /// Certificates of the caller, newest first.
    ///
    /// # Errors
    /// `CURSOR`, or when no service answers.
    pub async fn own_certificates(
        &self,
        who: impl Into<Identity>,
        cursor: &str,
        limit: usize,
    ) -> Result<Merged<pb::Certificate>, Fault> {
        let who = who.into();
        let (from, limit) = (Cursor::parse(cursor)?, page_size(limit));
        let request = |cursor| pb::ListOwnCertificatesRequest { cursor, limit };
        let pages = self
            .pages(
                Some(&who),
                &from,
                request,
                |mut client, request| async move { client.list_own_certificates(request).await },
            )
            .await;
        let newest =
            |a: &pb::Certificate, b: &pb::Certificate| when(b.issued_at).cmp(&when(a.issued_at));
        self.merged(
            from,
            limit,
            pages,
            |page| (page.certificates, page.next_cursor),
            newest,
        )
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
        for part in admitted(answers.into_iter().map(|(_, answer)| answer))? {
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

    /// Asks every service that has something left for its present page.
    async fn pages<Q, A, F, W>(
        &self,
        who: Option<&Identity>,
        from: &Cursor,
        request: impl Fn(String) -> Q,
        rpc: F,
    ) -> Vec<Page<A>>
    where
        Q: Clone,
        F: Fn(CaseworkClient<Channel>, Request<Q>) -> W + Copy,
        W: Future<Output = Result<Response<A>, Status>>,
    {
        let mut calls = Vec::new();
        for service in &self.services {
            let place = from.place(&service.name);
            if !place.done {
                let request = request(place.page.clone());
                calls.push(async move {
                    let answer = self.call(service, who, request, rpc).await;
                    Page {
                        service: service.name.clone(),
                        place,
                        answer,
                    }
                });
            }
        }
        join_all(calls).await
    }

    fn merged<A, T>(
        &self,
        mut cursor: Cursor,
        limit: i32,
        pages: Vec<Page<A>>,
        open: impl Fn(A) -> (Vec<T>, String),
        order: impl Fn(&T, &T) -> Ordering,
    ) -> Result<Merged<T>, Fault> {
        let mut sources = Vec::new();
        let mut unavailable = Vec::new();
        let (mut failure, mut forbidden, mut answered) = (None, None, false);
        for Page {
            service,
            place,
            answer,
        } in pages
        {
            match answer {
                Ok(page) => {
                    answered = true;
                    let (entries, next_page) = open(page);
                    sources.push(Source {
                        service,
                        place,
                        entries,
                        next_page,
                    });
                }
                Err(fault) if fault.retryable() => {
                    cursor.keep(&service, place);
                    unavailable.push(service);
                    failure = Some(fault);
                }
                // A township officer has nothing to do with marriages: no more than an empty list.
                Err(fault) if fault.code == Code::Forbidden => {
                    forbidden = Some(fault);
                    sources.push(Source {
                        service,
                        place,
                        entries: Vec::new(),
                        next_page: String::new(),
                    });
                }
                Err(fault) => return Err(fault),
            }
        }
        if let Some(fault) = failure.or(forbidden).filter(|_| !answered) {
            return Err(fault);
        }
        let limit = usize::try_from(limit).unwrap_or(1);
        let entries = cursor::merge(sources, limit, order, &mut cursor);
        Ok(Merged {
            entries,
            next_cursor: cursor.encode(),
            unavailable,
        })
    }
}

/// The answers of the services that the caller has to do with.
///
/// # Errors
/// What another service answers, and `FORBIDDEN` when none admits the caller.
fn admitted<A>(answers: impl Iterator<Item = Result<A, Fault>>) -> Result<Vec<A>, Fault> {
    let (mut found, mut forbidden) = (Vec::new(), None);
    for answer in answers {
        match answer {
            Ok(part) => found.push(part),
            Err(fault) if fault.code == Code::Forbidden => forbidden = Some(fault),
            Err(fault) => return Err(fault),
        }
    }
    match forbidden {
        Some(fault) if found.is_empty() => Err(fault),
        _ => Ok(found),
    }
}

fn page_size(limit: usize) -> i32 {
    i32::try_from(limit.clamp(1, 100)).unwrap_or(100)
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
