//! Items of all services, kept for a few seconds.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use super::{Backends, Service};

/// A guide quotes the standards in force today, so it is not kept long.
const FRESH_FOR: Duration = Duration::from_secs(10);

#[derive(Default)]
pub(super) struct Cache(Mutex<Known>);

#[derive(Default)]
struct Known {
    read_at: Option<Instant>,
    /// Index of the service and its item.
    items: Vec<(usize, pb::Item)>,
}

impl Backends {
    /// All items, with guide and form.
    ///
    /// # Errors
    /// When no service answers and nothing is known from before.
    pub async fn items(&self) -> Result<Vec<pb::Item>, Fault> {
        let known = self.known_items().await?;
        Ok(known.into_iter().map(|(_, item)| item).collect())
    }

    /// One item.
    ///
    /// # Errors
    /// `ITEM_NOT_FOUND`.
    pub async fn item(&self, code: &str) -> Result<pb::Item, Fault> {
        self.item_and_service(code).await.map(|(_, item)| item)
    }

    pub(super) async fn service_of_item(&self, code: &str) -> Result<&Service, Fault> {
        let (index, _) = self.item_and_service(code).await?;
        Ok(&self.services[index])
    }

    async fn item_and_service(&self, code: &str) -> Result<(usize, pb::Item), Fault> {
        let known = self.known_items().await?;
        known
            .into_iter()
            .find(|(_, item)| item.code == code)
            .ok_or_else(|| {
                Fault::new(
                    Code::NotFound,
                    "ITEM_NOT_FOUND",
                    "没有这个办理事项，请从事项列表中选择。",
                )
            })
    }

    async fn known_items(&self) -> Result<Vec<(usize, pb::Item)>, Fault> {
        let mut known = self.items.0.lock().await;
        if known.read_at.is_some_and(|at| at.elapsed() < FRESH_FOR) {
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
        // After a failure the next call asks again.
        known.read_at = failure.is_none().then(Instant::now);
        known.items.clone_from(&items);
        Ok(items)
    }
}
