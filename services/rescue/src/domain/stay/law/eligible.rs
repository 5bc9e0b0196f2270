//! 甄别: who is helped, who may be refused (国令381号、民政部令24号2).

use yiwang_casework::Refusal;

use super::super::words::Ground;

/// What was found.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "the law asks six questions")]
pub struct Found {
    /// Away from home, or without one.
    pub away: bool,
    /// No own means for food and bed.
    pub no_means: bool,
    /// On the street, or about to be.
    pub on_street: bool,
    /// 未成年人.
    pub minor: bool,
    /// Signs of a mental or intellectual disorder, or under 16.
    pub guarded: bool,
    /// Cannot tell, for age or illness.
    pub cannot_tell: bool,
}

impl Found {
    /// Helped first, asked later.
    #[must_use]
    pub fn must_help(self) -> bool {
        self.minor || self.guarded || self.cannot_tell
    }

    /// May be admitted.
    ///
    /// # Errors
    /// `NOT_ELIGIBLE`, naming what is missing.
    pub fn admit(self) -> Result<(), Refusal> {
        if self.must_help() {
            return Ok(());
        }
        let asked = [
            (self.away, "离家在外或者无家可归"),
            (self.no_means, "自身无力解决食宿"),
            (self.on_street, "正在或者即将流浪、乞讨"),
        ];
        let missing: Vec<&str> = asked
            .into_iter()
            .filter_map(|(there, what)| (!there).then_some(what))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let message = format!(
            "救助对象要同时符合三项条件，还缺：{}。确实不符合的，请办理“不予救助”，书面告知理由。",
            missing.join("、")
        );
        Err(Refusal::new("NOT_ELIGIBLE", message))
    }

    /// May be refused for this.
    ///
    /// # Errors
    /// `MUST_HELP`, `ELIGIBLE`.
    pub fn refuse(self, ground: Ground) -> Result<(), Refusal> {
        if self.must_help() {
            let message = "未成年人、有精神或者智力障碍迹象的、因年老残疾等说不清楚的，先救助，\
                           以后再查明，不能不予救助。";
            return Err(Refusal::new("MUST_HELP", message));
        }
        let about_need = matches!(ground, Ground::AbleToPay | Ground::NotObject);
        if about_need && self.away && self.no_means && self.on_street {
            let message = "登记的情况符合救助条件，这个依据不成立，请核对。";
            return Err(Refusal::new("ELIGIBLE", message));
        }
        Ok(())
    }
}
