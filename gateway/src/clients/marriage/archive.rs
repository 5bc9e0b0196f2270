//! Historical records.

use yiwang_chassis::fault::Fault;
use yiwang_proto::marriage::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Opens a batch of historical records.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn create_batch(
        &self,
        who: impl Into<Identity>,
        request: pb::CreateBatchRequest,
    ) -> Result<pb::Batch, Fault> {
        let who = who.into();
        rpc!(self.marriage.archive.create_batch, Some(&who), request)
    }

    /// Sends a piece of one entry; repeats are harmless.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn upload_entries(
        &self,
        who: impl Into<Identity>,
        request: pb::UploadEntriesRequest,
    ) -> Result<pb::Batch, Fault> {
        let who = who.into();
        rpc!(self.marriage.archive.upload_entries, Some(&who), request)
    }

    /// One batch and how far it is.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn batch(&self, who: impl Into<Identity>, id: &str) -> Result<pb::Batch, Fault> {
        let who = who.into();
        let request = pb::GetBatchRequest { id: id.to_owned() };
        rpc!(self.marriage.archive.get_batch, Some(&who), request)
    }

    /// The batches of the caller's region.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn batches(&self, who: impl Into<Identity>) -> Result<Vec<pb::Batch>, Fault> {
        let who = who.into();
        let request = pb::ListBatchesRequest {};
        rpc!(self.marriage.archive.list_batches, Some(&who), request).map(|list| list.batches)
    }

    /// What is wrong in a batch, page by page.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn batch_problems(
        &self,
        who: impl Into<Identity>,
        request: pb::ListProblemsRequest,
    ) -> Result<pb::ProblemPage, Fault> {
        let who = who.into();
        rpc!(self.marriage.archive.list_problems, Some(&who), request)
    }

    /// Decides a row on which the two entries differ.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn decide_row(
        &self,
        who: impl Into<Identity>,
        request: pb::DecideRowRequest,
    ) -> Result<pb::Batch, Fault> {
        let who = who.into();
        rpc!(self.marriage.archive.decide_row, Some(&who), request)
    }

    /// Publishes a batch.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn publish_batch(
        &self,
        who: impl Into<Identity>,
        request: pb::PublishBatchRequest,
    ) -> Result<pb::Batch, Fault> {
        let who = who.into();
        rpc!(self.marriage.archive.publish_batch, Some(&who), request)
    }
}
