//! Calls about one case.

use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use super::{Backends, Identity};

/// Asks the services for `$number` with `$rpc`, and remembers who knew it.
macro_rules! about_case {
    ($self:ident, $who:expr, $number:expr, $rpc:ident, $message:expr) => {{
        let who = $who.into();
        let number: String = $number.to_owned();
        let order = $self.order_for(&number);
        let call = |mut client: super::CaseworkClient<super::Channel>, request| async move {
            client.$rpc(request).await
        };
        let (index, found) = $self.find(order, Some(&who), $message, call).await?;
        $self.remember(&number, index);
        Ok(found)
    }};
}

impl Backends {
    /// Hands an application in.
    ///
    /// # Errors
    /// What the service answers; `INVALID_INPUT` points into the form.
    pub async fn submit(
        &self,
        who: impl Into<Identity>,
        request: pb::SubmitRequest,
    ) -> Result<pb::Case, Fault> {
        let service = self.service_of_item(&request.item).await?;
        let who = who.into();
        self.call(
            service,
            Some(&who),
            request,
            |mut client, request| async move { client.submit(request).await },
        )
        .await
    }

    /// Does what the caller may do next with a case.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn act(
        &self,
        who: impl Into<Identity>,
        request: pb::ActRequest,
    ) -> Result<pb::Case, Fault> {
        about_case!(self, who, &request.number, act, request)
    }

    /// One case as the caller may see it.
    ///
    /// # Errors
    /// `NOT_FOUND`, also when it is hidden from the caller.
    pub async fn case(&self, who: impl Into<Identity>, number: &str) -> Result<pb::Case, Fault> {
        let request = pb::GetCaseRequest {
            number: number.to_owned(),
        };
        about_case!(self, who, number, get_case, request)
    }

    /// What happened to a case, oldest first.
    ///
    /// # Errors
    /// `NOT_FOUND`, also when it is hidden from the caller.
    pub async fn history(
        &self,
        who: impl Into<Identity>,
        number: &str,
    ) -> Result<pb::History, Fault> {
        let request = pb::GetHistoryRequest {
            number: number.to_owned(),
        };
        about_case!(self, who, number, get_history, request)
    }

    /// Hands a case to another officer.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn hand_over(
        &self,
        who: impl Into<Identity>,
        request: pb::HandOverRequest,
    ) -> Result<pb::Case, Fault> {
        about_case!(self, who, &request.number, hand_over, request)
    }

    /// Shows a masked value in full; audited with the reason.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn reveal(
        &self,
        who: impl Into<Identity>,
        request: pb::RevealRequest,
    ) -> Result<pb::RevealResponse, Fault> {
        about_case!(self, who, &request.number, reveal, request)
    }

    /// What an act would change in somebody's life, and whose.
    ///
    /// # Errors
    /// `ACTION_NOT_AVAILABLE`; `NOT_FOUND`, also when the case is hidden from the caller.
    pub async fn ripple(
        &self,
        who: impl Into<Identity>,
        number: &str,
        action: &str,
    ) -> Result<pb::Ripple, Fault> {
        let request = pb::GetRippleRequest {
            number: number.to_owned(),
            action: action.to_owned(),
        };
        about_case!(self, who, number, get_ripple, request)
    }

    /// A document that was issued in a case.
    ///
    /// # Errors
    /// `NOT_FOUND`, also when it is hidden from the caller.
    pub async fn document(
        &self,
        who: impl Into<Identity>,
        number: &str,
        id: &str,
    ) -> Result<pb::Document, Fault> {
        let request = pb::GetDocumentRequest {
            number: number.to_owned(),
            id: id.to_owned(),
        };
        about_case!(self, who, number, get_document, request)
    }

    /// Hands a department's signed answer to every service: the one that waits
    /// for it acts, to the others it says nothing.
    ///
    /// # Errors
    /// What they answer when none accepts it.
    pub async fn deliver_callback(&self, request: pb::DeliverCallbackRequest) -> Result<(), Fault> {
        let answers = self
            .call_all(None, request, |mut client, request| async move {
                client.deliver_callback(request).await
            })
            .await;
        let mut refusal = None;
        for (_, answer) in answers {
            match answer {
                Ok(_) => return Ok(()),
                // Whoever was away may be the one: the department comes again.
                Err(fault) if fault.retryable() => refusal = Some(fault),
                Err(fault) => refusal = refusal.or(Some(fault)),
            }
        }
        Err(refusal.unwrap_or_else(Fault::not_found))
    }
}
