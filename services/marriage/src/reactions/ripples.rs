//! What the reactions of this folder will do, said before.

use sqlx::PgConnection;
use yiwang_casework::{
    Item as _,
    ripple::{Change, On, Ripples},
};

use crate::domain::{DivorceRegistration, MarriageRegistration};

/// To what the person has pending, and to the marriage itself.
pub struct Beforehand;

#[tonic::async_trait]
impl Ripples for Beforehand {
    fn of_case(&self, change: Change, on: On<'_>) -> Option<&'static str> {
        match (change, on.item) {
            (Change::Death, DivorceRegistration::CODE) => {
                Some("离婚申请终止：婚姻关系因死亡结束，不再离婚。")
            }
            (Change::Death, MarriageRegistration::CODE) => Some("还没有登记的，结婚申请取消。"),
            _ => None,
        }
    }

    async fn beside(
        &self,
        conn: &mut PgConnection,
        change: Change,
        person: &str,
    ) -> sqlx::Result<Option<(&'static str, &'static str)>> {
        let (valid, what) = match change {
            Change::Death => (true, "婚姻关系从死亡之日结束，配偶登记为丧偶。"),
            Change::DeathRevoked => (
                false,
                "因死亡结束的婚姻恢复；配偶已经再婚的，由婚姻登记机关处理。",
            ),
            _ => return Ok(None),
        };
        let found: bool = sqlx::query_scalar(
            "select exists (select from marriage.spouse mine
                              join marriage.record on record.id = mine.record
                             where mine.person_key = $1
                               and case when $2 then mine.valid
                                        else record.state in ('ended_death', 'ended_declared') end)",
        )
        .bind(person)
        .bind(valid)
        .fetch_one(conn)
        .await?;
        Ok(found.then_some(("婚姻登记", what)))
    }
}
