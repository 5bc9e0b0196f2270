//! One public notice, and objections to it.

use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use super::Backends;

impl Backends {
    /// One public notice, masked as it was posted.
    ///
    /// # Errors
    /// `NOT_FOUND`, also when it has expired.
    pub async fn notice(&self, id: &str) -> Result<pb::Notice, Fault> {
        let request = pb::GetNoticeRequest { id: id.to_owned() };
        let found = self
            .find(
                self.everyone(),
                None,
                request,
                |mut client, request| async move { client.get_notice(request).await },
            )
            .await;
        found.map(|(_, notice)| notice)
    }

    /// Hands an objection in and returns its receipt.
    ///
    /// # Errors
    /// `NOT_FOUND`, `INVALID_INPUT`, or that the notice has ended.
    pub async fn object(&self, request: pb::ObjectToNoticeRequest) -> Result<String, Fault> {
        let found = self
            .find(
                self.everyone(),
                None,
                request,
                |mut client, request| async move { client.object_to_notice(request).await },
            )
            .await;
        found.map(|(_, answer)| answer.receipt)
    }
}
