//! A second family on the same road with 200 yuan a month: its payments go on when
//! those of the first one end, so that "not paid" is seen and not merely assumed.
//!
//! By hand: 380.00 × 3 − 200.00 = 940.00.

use anyhow::ensure;
use serde_json::json;
use yiwang_e2e::{Family, ITEM, Office, Stage, TOWNSHIP};

/// Fen a month.
pub(super) const AMOUNT: i64 = 94_000;

/// The neighbours, with their notice hanging.
pub(super) struct Neighbour {
    office: Office,
    number: String,
}

impl Neighbour {
    /// Applies and is investigated and published, through REST.
    pub(super) async fn publish(stage: &Stage) -> anyhow::Result<Self> {
        let family = Family::new(20);
        let (citizen, _) = family.register(&stage.suite).await?;
        let mut form = family.form();
        form["applicant"]["about"]["income"]["business"] = json!(20_000);
        let case = citizen.submit(ITEM, TOWNSHIP, &form, &[]).await?;
        let number = case.number().to_owned();
        let office = Office::open(&stage.suite).await?;
        office.accept(&number).await?;
        office.investigate(&stage.suite, &number).await?;
        office.publish(&number).await?;
        Ok(Self { office, number })
    }

    /// Is confirmed once its notice is over.
    pub(super) async fn confirm(&self) -> anyhow::Result<()> {
        let case = self.office.confirm(&self.number).await?;
        ensure!(
            case.row("每月金额")? == "940.00元",
            "{}",
            case.row("每月金额")?
        );
        Ok(())
    }
}
