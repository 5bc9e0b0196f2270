//! Items of all services, kept for a few seconds.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::sync::Mutex;
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use super::{Backends, Service};

/// A guide quotes the standards in force today, so it is not kept long.
const FRESH_FOR: Duration = Duration::from_secs(10);

/// A service that did not answer is left alone this long.
const RETRY_AFTER: Duration = Duration::from_secs(2);

#[derive(Default)]
pub(super) struct Cache(Mutex<Known>);

#[derive(Default)]
struct Known {
    fresh_until: Option<Instant>,
    /// Index of the service and its item.
    items: Arc<Items>,
}

type Items = Vec<(usize, pb::Item)>;

impl Backends {
    /// All items, with guide and form.
    ///
    /// # Errors
    /// When no service answers and nothing is known from before.
    pub async fn items(&self) -> Result<Vec<pb::Item>, Fault> {
        let known = self.known_items().await?;
        Ok(known.iter().map(|(_, item)| item.clone()).collect())
    }

    /// One item.
    ///
    /// # Errors
    /// `ITEM_NOT_FOUND`.
    pub async fn item(&self, code: &str) -> Result<pb::Item, Fault> {
        let known = self.known_items().await?;
        find(&known, code).map(|(_, item)| item.clone())
    }

    pub(super) async fn service_of_item(&self, code: &str) -> Result<&Service, Fault> {
        let known = self.known_items().await?;
        let (index, _) = find(&known, code)?;
        Ok(&self.services[*index])
    }

    async fn known_items(&self) -> Result<Arc<Items>, Fault> {
        let mut known = self.items.0.lock().await;
        if known
            .fresh_until
            .is_some_and(|until| Instant::now() < until)
        {
            return Ok(known.items.clone());
        }
        let answers = self
            .call_all(
                None,
                pb::ListItemsRequest {},
                |mut client, request| async move { client.list_items(request).await },
            )
            .await;
        let mut failure = None;
        let mut items = Vec::new();
        for (index, answer) in answers {
            match answer {
                Ok(list) => items.extend(list.items.into_iter().map(|item| (index, item))),
                Err(fault) => {
                    failure = Some(fault);
                    let before = known.items.iter().filter(|(from, _)| *from == index);
                    items.extend(before.cloned());
                }
            }
        }
        if items.is_empty()
            && let Some(fault) = failure
        {
            return Err(fault);
        }
        // After a failure somebody soon asks again, but not every page one by one.
        let fresh_for = if failure.is_none() {
            FRESH_FOR
        } else {
            RETRY_AFTER
        };
        known.fresh_until = Some(Instant::now() + fresh_for);
        known.items = Arc::new(items);
        Ok(known.items.clone())
    }
}

fn find<'a>(known: &'a Items, code: &str) -> Result<&'a (usize, pb::Item), Fault> {
    known
        .iter()
        .find(|(_, item)| item.code == code)
        .ok_or_else(|| {
            Fault::new(
                Code::NotFound,
                "ITEM_NOT_FOUND",
                "没有这个办理事项，请从事项列表中选择。",
            )
        })
}
