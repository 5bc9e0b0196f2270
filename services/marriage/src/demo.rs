//! The halls of a demonstration, with the gateway's published officers as registrars.

use sha2::{Digest as _, Sha256};
use sqlx::PgPool;
use uuid::{Builder, Uuid};

use crate::halls;

/// Login at the gateway, name, hall.
const REGISTRARS: [(&str, &str, &str); 4] = [
    ("hall1", "孙丽", "421202001-01"),
    ("hall1b", "徐静", "421202001-01"),
    ("hall2", "马兰", "640302106-01"),
    ("hall3", "杨柳", "420323100-01"),
];

/// Adds what is not there yet.
///
/// # Errors
/// When the database is away.
pub(crate) async fn seed(pool: &PgPool) -> sqlx::Result<()> {
    halls::demo::seed(pool).await?;
    for (login, name, hall) in REGISTRARS {
        sqlx::query(
            "insert into marriage.registrar (account, hall, name, qualified_until)
             values ($1, $2, $3, '2099-12-31') on conflict do nothing",
        )
        .bind(account(login))
        .bind(hall)
        .bind(name)
        .execute(pool)
        .await?;
    }
    Ok(())
}

/// The id the gateway gives to a published officer's account.
fn account(login: &str) -> Uuid {
    let digest = Sha256::digest(format!("yiwang demo account {login}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}
