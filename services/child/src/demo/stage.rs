//! The months as this service lives them.

use std::sync::Arc;

use tonic::Request;
use yiwang_casework::{
    Runtime,
    past::{Past, What, Wrong},
};
use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1::protection_server::Protection as _;

use super::{
    bank::Bank,
    beat::{Beat, Deed},
    pictures,
};
use crate::{payment::Payments, protection::ProtectionService};

pub(super) struct Stage {
    pub(super) past: Past,
    reports: ProtectionService,
    payments: Payments,
}

impl Stage {
    pub(super) fn new(mut rt: Runtime) -> Self {
        rt.departments = Arc::new(Bank);
        let past = Past::new(rt, 0xD0_0003, pictures::brought);
        Self {
            reports: ProtectionService::new(past.rt.clone()),
            payments: Payments::new(past.rt.clone()),
            past,
        }
    }

    /// Lives the beats, then until now. What did not fit.
    pub(super) async fn live(&mut self, beats: Vec<Beat>) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        for beat in self.past.begin(beats) {
            wrong.extend(self.past.reach(beat.at).await);
            let what = beat.label(|deed| match deed {
                Deed::Report(_) => "a report".to_owned(),
                Deed::PayDay => "pay day".to_owned(),
            });
            if let Err(fault) = self.play(beat).await {
                wrong.push((what, fault));
            }
        }
        wrong.extend(self.past.end().await);
        wrong
    }

    async fn play(&mut self, beat: Beat) -> Result<(), Fault> {
        let (past, who, name) = (&mut self.past, beat.who, beat.name);
        match beat.what {
            What::Submit(item, division, form) => {
                past.submit(who, name, (item, division), &form).await?;
            }
            What::Act(action, data) => past.act(who, name, action, &data).await?,
            What::Other(Deed::Report(mut request)) => {
                request.idempotency_key = past.key();
                let receipt = self.reports.report(Request::new(*request)).await?;
                past.remember(name, receipt.into_inner().receipt);
            }
            What::Other(Deed::PayDay) => {
                while self.payments.step().await.map_err(Fault::internal)? {}
            }
        }
        Ok(())
    }
}
