//! Electronic certificates 电子证照.

use schemars::JsonSchema;
use serde::Serialize;
use yiwang_civic::certificate::Statement;
use yiwang_proto::casework::v1 as pb;

use super::{all, instant, some, wire};
use crate::clients::Merged;

/// A page of certificates.
#[derive(Serialize, JsonSchema)]
pub(in crate::rest) struct CertificatePage {
    certificates: Vec<Certificate>,
    /// 下一页的位置；没有时为最后一页
    next_cursor: Option<String>,
    /// 暂时没有应答的服务；它们的证照不在其中
    unavailable: Vec<String>,
}

impl From<Merged<pb::Certificate>> for CertificatePage {
    fn from(page: Merged<pb::Certificate>) -> Self {
        Self {
            certificates: all(page.entries),
            next_cursor: some(page.next_cursor),
            unavailable: page.unavailable,
        }
    }
}

wire! {
    /// 电子证照；列表中不含 rows
    Certificate from Certificate {
        id: String = |v| v,
        service: String = |v| v,
        kind: String = |v| v,
        title: String = |v| v,
        number: String = |v| v,
        issuer: String = |v| v,
        issued_on: String = |v| v,
        state: String = |v| v,
        state_label: String = |v| v,
        changed_at: Option<String> = |v| instant(v),
        reason: Option<String> = |v| some(v),
        holders: Vec<String> = |v| v,
        holder: String = |v| v,
        rows: Vec<CertificateRow> = |v| all(v),
        statement: String = |v| v,
        case_number: String = |v| v,
        own: bool = |v| v,
    }
}

wire! {
    /// 证照上的一项
    CertificateRow from Row {
        label: String = |v| v,
        value: String = |v| v,
    }
}

wire! {
    /// 办件中的证照
    CertificateRef from CertificateRef {
        id: String = |v| v,
        kind: String = |v| v,
        title: String = |v| v,
        number: String = |v| v,
        state: String = |v| v,
        state_label: String = |v| v,
        issued_on: String = |v| v,
        holder: String = |v| v,
    }
}

wire! {
    /// 亮证码
    ShowCode from ShowCertificateResponse {
        code: String = |v| v,
        expires_at: Option<String> = |v| instant(v),
    }
}

/// 签名声明的内容，姓名已遮盖
#[derive(Serialize, JsonSchema)]
pub(in crate::rest) struct Said {
    service: String,
    kind: String,
    title: String,
    number: String,
    issuer: String,
    issued_on: String,
    holders: Vec<String>,
}

impl From<Statement> for Said {
    fn from(statement: Statement) -> Self {
        Self {
            service: statement.service,
            kind: statement.kind,
            title: statement.title,
            number: statement.number,
            issuer: statement.issuer,
            issued_on: statement.issued_on.to_string(),
            holders: statement.holders,
        }
    }
}
