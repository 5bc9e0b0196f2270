//! Enough work on a case that every kind of audit entry appears.

use anyhow::Context;
use serde_json::json;
use yiwang_e2e::{Family, Office, Suite};

/// A family applies, officers read, reveal and bring the case to its public notice.
pub(crate) async fn to_the_notice(suite: &Suite, family: &Family) -> anyhow::Result<String> {
    let (citizen, _) = family.register(suite).await?;
    let case = family.submit(&citizen).await?;
    let number = case.number().to_owned();
    let office = Office::open(suite).await?;
    office.accept(&number).await?;
    office.investigate(suite, &number).await?;
    let reveal = json!({"pointer": "/applicant/id_number", "reason": "核对申请人身份"});
    let revealed = office
        .township
        .post(&format!("/api/v1/cases/{number}/reveal"), &reveal)
        .await?
        .expect(200)?
        .json()?;
    let value = revealed["value"].as_str().context("nothing revealed")?;
    assert_eq!(value, family.applicant.1);
    office.publish(&number).await?;
    office.county.history(&number).await?;
    office.county.case(&number).await?;
    citizen.case(&number).await?;
    Ok(number)
}
