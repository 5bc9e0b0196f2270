//! What only this service can have done, and its beats.

use yiwang_casework::past;
use yiwang_proto::child::v1::ReportRequest;

/// Beside forms and acts.
pub(super) enum Deed {
    /// Anybody reports a child in danger.
    Report(Box<ReportRequest>),
    /// Allowances of the month are paid.
    PayDay,
}

pub(super) type Beat = past::Beat<Deed>;
pub(super) type Story = past::Story<Deed>;
