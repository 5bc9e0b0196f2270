//! What an act would set going, asked of all services.

use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use super::{Backends, Identity};

/// What a change in somebody's life would touch, as far as the caller may see it.
#[derive(Debug, Clone)]
pub struct Foreseen {
    /// The change, e.g. `death`.
    pub change: String,
    /// What it would touch.
    pub touched: Vec<pb::Touched>,
    /// Services that did not answer.
    pub unavailable: Vec<String>,
}

impl Backends {
    /// What a change would touch in all services.
    ///
    /// # Errors
    /// `FORBIDDEN`: officers only.
    pub async fn foresee(
        &self,
        who: impl Into<Identity>,
        ripple: pb::Ripple,
    ) -> Result<Foreseen, Fault> {
        let who = who.into();
        let mut foreseen = Foreseen {
            change: ripple.change.clone(),
            touched: Vec::new(),
            unavailable: Vec::new(),
        };
        let answers = self.call_all(Some(&who), ripple, |mut client, request| async move {
            client.trace_ripple(request).await
        });
        for (index, answer) in answers.await {
            match answer {
                Ok(trace) => foreseen.touched.extend(trace.touched),
                Err(fault) if fault.retryable() => {
                    foreseen.unavailable.push(self.services[index].name.clone());
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(foreseen)
    }
}
