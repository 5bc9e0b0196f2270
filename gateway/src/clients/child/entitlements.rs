//! What orphans and children in fact unattended are paid.

use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// What was paid and is owed on a case.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_payments(
        &self,
        who: impl Into<Identity>,
        request: pb::ListPaymentsRequest,
    ) -> Result<pb::PaymentList, Fault> {
        let who = who.into();
        rpc!(self.child.entitlements.list_payments, Some(&who), request)
    }

    /// The run of a month.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_payment_run(
        &self,
        who: impl Into<Identity>,
        request: pb::GetPaymentRunRequest,
    ) -> Result<pb::PaymentRun, Fault> {
        let who = who.into();
        rpc!(self.child.entitlements.get_payment_run, Some(&who), request)
    }

    /// Draws a month up and hands to the bank what is ready.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn make_child_payment_run(
        &self,
        who: impl Into<Identity>,
        request: pb::MakePaymentRunRequest,
    ) -> Result<pb::PaymentRun, Fault> {
        let who = who.into();
        rpc!(
            self.child.entitlements.make_payment_run,
            Some(&who),
            request
        )
    }

    /// Sends a returned payment once more.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn repeat_child_payment(
        &self,
        who: impl Into<Identity>,
        request: pb::RepeatPaymentRequest,
    ) -> Result<pb::Payment, Fault> {
        let who = who.into();
        rpc!(self.child.entitlements.repeat_payment, Some(&who), request)
    }

    /// What a child is paid in a division.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_standard(
        &self,
        who: impl Into<Identity>,
        request: pb::GetStandardRequest,
    ) -> Result<pb::AmountStandard, Fault> {
        let who = who.into();
        rpc!(self.child.entitlements.get_standard, Some(&who), request)
    }

    /// What the comparison of a month found.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_comparisons(
        &self,
        who: impl Into<Identity>,
        request: pb::ListComparisonsRequest,
    ) -> Result<pb::ComparisonList, Fault> {
        let who = who.into();
        rpc!(
            self.child.entitlements.list_comparisons,
            Some(&who),
            request
        )
    }
}
