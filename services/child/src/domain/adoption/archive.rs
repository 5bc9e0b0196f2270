//! The archive of an adoption 收养登记档案, sealed for good (收养登记档案管理暂行办法; rules B4.9).

use serde::{Deserialize, Serialize};

/// A titled part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Heading.
    pub title: String,
    /// Label and value, in full.
    pub rows: Vec<(String, String)>,
}

impl Part {
    /// An empty part.
    #[must_use]
    pub fn new(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; empty values fall out.
    #[must_use]
    pub fn row(mut self, label: impl Into<String>, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.trim().is_empty() {
            self.rows.push((label.into(), value));
        }
        self
    }
}

yiwang_casework::code_list! {
    /// Why an archive is opened.
    Ground {
        Court = "court", "法院、检察院依法调取";
        Police = "police", "公安机关依法调取";
        Adoptee = "adoptee", "成年被收养人查询本人身世";
        Proof = "proof", "出具证明、办理解除或者撤销";
        Correction = "correction", "更正登记错误";
    }
}
