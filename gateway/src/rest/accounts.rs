//! Registration and the own account.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::input::Json;
use crate::{account::NewAccount, error::Problem, session::BearerCaller, state::AppState};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Registration {
    /// 登录名，4 至 32 个字符
    login: String,
    /// 密码，至少 15 个字符
    #[schemars(with = "String")]
    password: SecretString,
    /// 真实姓名
    name: String,
    /// 公民身份号码
    id_number: String,
    /// 手机号码
    phone: String,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Registered {
    /// 账户编号
    account: Uuid,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Account {
    /// 账户编号
    account: Uuid,
    /// 登录名
    login: String,
    /// 真实姓名
    name: String,
    /// 公民身份号码，遮盖
    id_number: Option<String>,
    /// 手机号码，遮盖
    phone: Option<String>,
    /// 是否绑定了动态验证码
    second_factor: bool,
    /// 角色
    grants: Vec<AccountGrant>,
}

#[derive(Serialize, JsonSchema)]
struct AccountGrant {
    role: &'static str,
    label: &'static str,
    division: String,
}

pub(super) async fn register(
    State(state): State<AppState>,
    Json(body): Json<Registration>,
) -> Result<(StatusCode, Answer<Registered>), Problem> {
    let new = NewAccount {
        login: body.login,
        password: body.password,
        name: body.name,
        id_number: body.id_number,
        phone: body.phone,
    };
    let account = state.accounts().register(new).await?.account;
    Ok((StatusCode::CREATED, Answer(Registered { account })))
}

pub(super) async fn own(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
) -> Result<Answer<Account>, Problem> {
    let own = state.accounts().own(&who).await?;
    let grants = who.grants.iter().map(|grant| AccountGrant {
        role: grant.role.as_str(),
        label: grant.role.label(),
        division: grant.division.clone(),
    });
    Ok(Answer(Account {
        account: who.account,
        login: own.login,
        name: own.name,
        id_number: own.id_number,
        phone: own.phone,
        second_factor: own.second_factor,
        grants: grants.collect(),
    }))
}
