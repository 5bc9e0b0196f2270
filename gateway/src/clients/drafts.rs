//! Drafts: one per person and item, kept by the item's service.

use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use super::{Backends, Identity};

impl Backends {
    /// Saves a draft.
    ///
    /// # Errors
    /// `CONFLICT` when another window saved a later version.
    pub async fn save_draft(
        &self,
        who: impl Into<Identity>,
        request: pb::SaveDraftRequest,
    ) -> Result<pb::Draft, Fault> {
        let service = self.service_of_item(&request.item).await?;
        let who = who.into();
        self.call(
            service,
            Some(&who),
            request,
            |mut client, request| async move { client.save_draft(request).await },
        )
        .await
    }

    /// The caller's draft of `item`.
    ///
    /// # Errors
    /// `NOT_FOUND` when there is none.
    pub async fn draft(&self, who: impl Into<Identity>, item: &str) -> Result<pb::Draft, Fault> {
        let service = self.service_of_item(item).await?;
        let who = who.into();
        let request = pb::GetDraftRequest {
            item: item.to_owned(),
        };
        self.call(
            service,
            Some(&who),
            request,
            |mut client, request| async move { client.get_draft(request).await },
        )
        .await
    }

    /// The caller's drafts of all services, latest first.
    ///
    /// # Errors
    /// When no service answers.
    pub async fn drafts(&self, who: impl Into<Identity>) -> Result<Vec<pb::Draft>, Fault> {
        let who = who.into();
        let answers = self
            .call_all(
                Some(&who),
                pb::ListDraftsRequest {},
                |mut client, request| async move { client.list_drafts(request).await },
            )
            .await;
        let mut drafts = Vec::new();
        let mut failure = None;
        let mut answered = false;
        for (_, answer) in answers {
            match answer {
                Ok(list) => {
                    answered = true;
                    drafts.extend(list.drafts);
                }
                Err(fault) => failure = Some(fault),
            }
        }
        if let Some(fault) = failure.filter(|_| !answered) {
            return Err(fault);
        }
        let at = |draft: &pb::Draft| draft.saved_at.map(|at| (at.seconds, at.nanos));
        drafts.sort_by_key(|draft| std::cmp::Reverse(at(draft)));
        Ok(drafts)
    }

    /// Throws the caller's draft of `item` away.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn discard_draft(&self, who: impl Into<Identity>, item: &str) -> Result<(), Fault> {
        let service = self.service_of_item(item).await?;
        let who = who.into();
        let request = pb::DiscardDraftRequest {
            item: item.to_owned(),
        };
        self.call(
            service,
            Some(&who),
            request,
            |mut client, request| async move { client.discard_draft(request).await },
        )
        .await
        .map(|_| ())
    }
}
