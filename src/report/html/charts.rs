//! The plots, as vector graphics in the page: whole numbers of pixels, worked out in decimals.

use std::io;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::Page;
use crate::report::escape::Escaped;
use crate::report::statistics::{FiredRule, YearBudget};

/// How many rules the plot shows.
const MOST_BARS: usize = 15;

/// How many days a curve needs.
pub(super) const FEWEST_DAYS: usize = 3;

/// The largest amount that is drawn to scale, in kroner; no year's budget comes near it.
const LARGEST: Decimal = Decimal::from_parts(0, 1_000_000, 0, false, 0);

/// How long an amount is drawn where the largest has so many pixels.
fn pixels(amount: Decimal, largest: Decimal, length: i64) -> i64 {
    let share = amount.checked_div(largest).unwrap_or_default().clamp(Decimal::ZERO, Decimal::ONE);
    (share * Decimal::from(length)).round().to_i64().unwrap_or_default()
}

impl Page<'_> {
    /// Findings by rule, as bars.
    pub(super) fn bars(&mut self) -> io::Result<()> {
        const LEFT: i64 = 350;
        const LENGTH: i64 = 520;
        const HEIGHT: i64 = 26;
        let statistics = self.statistics;
        let rules: Vec<&FiredRule> = statistics.rules.iter().take(MOST_BARS).collect();
        let Some(largest) = rules.first().map(|fired| Decimal::from(fired.frequency.findings)) else { return Ok(()) };
        let height = i64::try_from(rules.len()).unwrap_or_default() * HEIGHT + 8;
        let title = self.t("De regler, der fandt mest: antal fund", "The rules that found most: findings");
        let description = self.t("Tallene står i tabellen nedenfor.", "The numbers are in the table below.");
        self.begin_plot("soejler", (940, height), title, description)?;
        for (place, fired) in (0..).zip(rules) {
            let (top, count) = (place * HEIGHT + 6, Decimal::from(fired.frequency.findings));
            let length = pixels(count, largest, LENGTH).max(2);
            let name = format!("{} {}", fired.rule.code, fired.rule.title.get(self.language));
            let (baseline, end, shown) = (top + 14, LEFT + length + 8, self.language.number(count));
            writeln!(
                self.out,
                "<text x=\"{}\" y=\"{baseline}\" text-anchor=\"end\">{}</text>",
                LEFT - 10,
                Escaped(&name)
            )?;
            writeln!(self.out, "<rect class=\"bar\" x=\"{LEFT}\" y=\"{top}\" width=\"{length}\" height=\"18\"/>")?;
            writeln!(self.out, "<text x=\"{end}\" y=\"{baseline}\">{shown}</text>")?;
        }
        self.end_plot()
    }

    fn begin_plot(&mut self, id: &str, size: (i64, i64), title: &str, description: &str) -> io::Result<()> {
        let ((width, height), title, description) = (size, Escaped(title), Escaped(description));
        write!(
            self.out,
            "<figure><figcaption>{title}</figcaption><svg viewBox=\"0 0 {width} {height}\" role=\"img\" "
        )?;
        writeln!(self.out, "aria-labelledby=\"{id}-titel {id}-tekst\">")?;
        writeln!(self.out, "<title id=\"{id}-titel\">{title}</title><desc id=\"{id}-tekst\">{description}</desc>")
    }

    fn end_plot(&mut self) -> io::Result<()> {
        writeln!(self.out, "</svg></figure>")
    }

    /// How a year's budget is drawn down, as a curve that steps up on the days of applications.
    pub(super) fn curve(&mut self, year: &YearBudget, sentence: &str) -> io::Result<()> {
        let frame = Frame::of(year);
        let title = format!("{} {}", self.t("Brugt af puljen", "Drawn on the budget of"), year.year);
        self.begin_plot(&format!("kurve-{}", year.year), (Frame::WIDTH, Frame::HEIGHT), &title, sentence)?;
        self.axes(&frame, year)?;
        self.allotted(&frame, year)?;
        write!(self.out, "<path class=\"drawn\" d=\"M{} {}", Frame::LEFT, Frame::BOTTOM)?;
        for day in &year.days {
            write!(self.out, "H{}V{}", frame.x(day.date), frame.y(day.drawn))?;
        }
        writeln!(self.out, "\"/>")?;
        self.passed(&frame, year)?;
        self.end_plot()
    }

    /// Lines for round amounts, and the months below.
    fn axes(&mut self, frame: &Frame, year: &YearBudget) -> io::Result<()> {
        let unit = self.t("mio. kr.", "million kr.");
        writeln!(self.out, "<text class=\"quiet-text\" x=\"0\" y=\"14\">{unit}</text>")?;
        let mut amount = Decimal::ZERO;
        while amount <= frame.top {
            let (y, millions) = (frame.y(amount), amount / Decimal::from(1_000_000));
            let (right, shown) = (Frame::RIGHT, self.language.number(millions));
            writeln!(self.out, "<line class=\"grid\" x1=\"{}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>", Frame::LEFT)?;
            let (x, baseline) = (Frame::LEFT - 8, y + 4);
            writeln!(
                self.out,
                "<text class=\"quiet-text\" x=\"{x}\" y=\"{baseline}\" text-anchor=\"end\">{shown}</text>"
            )?;
            amount += frame.step;
        }
        let months = self
            .t("jan feb mar apr maj jun jul aug sep okt nov dec", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec");
        for (month, name) in (1..).zip(months.split(' ')) {
            let Ok(first) = Date::new(year.year, month, 1) else { continue };
            let (x, y) = (frame.x(first), Frame::BOTTOM);
            writeln!(self.out, "<line class=\"axis\" x1=\"{x}\" x2=\"{x}\" y1=\"{y}\" y2=\"{}\"/>", y + 5)?;
            writeln!(self.out, "<text class=\"quiet-text\" x=\"{x}\" y=\"{}\">{name}</text>", y + 20)?;
        }
        let (left, right, y) = (Frame::LEFT, Frame::RIGHT, Frame::BOTTOM);
        writeln!(self.out, "<line class=\"axis\" x1=\"{left}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>")
    }

    fn allotted(&mut self, frame: &Frame, year: &YearBudget) -> io::Result<()> {
        let (left, right, y) = (Frame::LEFT, Frame::RIGHT, frame.y(year.allotted));
        writeln!(self.out, "<line class=\"allotted\" x1=\"{left}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>")?;
        let words = self.t("Årets pulje", "The year's budget");
        let amount = self.language.amount(year.allotted);
        // At the end that the curve crosses last.
        let is_passed_early = year.passed().is_some_and(|draw| frame.is_left(draw.date));
        let (x, anchor) = if is_passed_early { (right - 8, "end") } else { (left + 8, "start") };
        self.label((x, y - 8), anchor, &format!("{words}: {amount} kr."))
    }

    fn label(&mut self, (x, y): (i64, i64), anchor: &str, text: &str) -> io::Result<()> {
        let text = Escaped(text);
        writeln!(self.out, "<text class=\"strong-text\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>")
    }

    /// Where the budget is passed, and by which case.
    fn passed(&mut self, frame: &Frame, year: &YearBudget) -> io::Result<()> {
        let Some(draw) = year.passed() else { return Ok(()) };
        let (x, y) = (frame.x(draw.date), frame.y(draw.drawn));
        writeln!(self.out, "<circle class=\"passed\" cx=\"{x}\" cy=\"{y}\" r=\"7\"/>")?;
        let words = self.t("Puljen er brugt op: sag", "The budget is used up: case");
        let label = format!("{words} {}, {}", draw.case, self.language.date(draw.date));
        // On the side of the curve where there is room.
        let below = (y + 26).min(Frame::BOTTOM - 8);
        let (place, anchor) =
            if frame.is_left(draw.date) { ((x + 14, below), "start") } else { ((x - 12, y - 14), "end") };
        self.label(place, anchor, &label)
    }
}

/// Where a year's days and amounts lie in the plot.
struct Frame {
    year: i16,
    /// The amount at the top, in kroner.
    top: Decimal,
    /// The amount from line to line, in kroner.
    step: Decimal,
}

impl Frame {
    const WIDTH: i64 = 940;
    const HEIGHT: i64 = 340;
    const LEFT: i64 = 60;
    const RIGHT: i64 = 930;
    const TOP: i64 = 26;
    const BOTTOM: i64 = 310;

    fn of(year: &YearBudget) -> Self {
        let largest = year.allotted.max(year.drawn()).clamp(Decimal::ONE, LARGEST);
        let step = round_step(largest);
        let lines = largest.checked_div(step).unwrap_or_default().floor() + Decimal::ONE;
        Self { year: year.year, top: step * lines, step }
    }

    fn x(&self, date: Date) -> i64 {
        let day = i64::from(date.day_of_year()) - 1;
        let days = Date::new(self.year, 12, 31).map_or(366, |last| i64::from(last.day_of_year()));
        Self::LEFT + day * (Self::RIGHT - Self::LEFT) / days
    }

    fn is_left(&self, date: Date) -> bool {
        self.x(date) < Self::WIDTH / 2
    }

    fn y(&self, amount: Decimal) -> i64 {
        Self::BOTTOM - pixels(amount, self.top, Self::BOTTOM - Self::TOP)
    }
}

/// A round amount that goes three to seven times into the largest: 1, 2 or 5 with zeros.
fn round_step(largest: Decimal) -> Decimal {
    let mut unit = Decimal::ONE;
    while unit * Decimal::TEN <= largest {
        unit *= Decimal::TEN;
    }
    let often = largest / unit;
    if often >= Decimal::from(6) {
        unit + unit
    } else if often >= Decimal::from(3) {
        unit
    } else if often >= Decimal::from(2) {
        unit / Decimal::TWO
    } else {
        unit / Decimal::from(5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lie_at_round_amounts_neither_few_nor_many() {
        for (largest, step) in [(26_300_000, 5_000_000), (4_100_000, 1_000_000), (6_600_000, 2_000_000), (9, 2), (1, 0)]
        {
            let found = round_step(Decimal::from(largest));
            if step > 0 {
                assert_eq!(found, Decimal::from(step), "{largest}");
            }
            let lines = Decimal::from(largest) / found;
            assert!(lines >= Decimal::from(3) && lines < Decimal::TEN, "{largest}: {lines}");
        }
    }

    #[test]
    fn a_plot_keeps_within_its_frame_whatever_is_drawn() {
        for (allotted, granted) in [("26300000", "0.01"), ("1", "79228162514264337593543950335"), ("0", "0")] {
            let date = Date::constant(2024, 12, 31);
            let (allotted, granted): (Decimal, Decimal) = (allotted.parse().unwrap(), granted.parse().unwrap());
            let day = crate::report::DrawnDay { date, cases: 1, granted, drawn: granted, is_passed: false };
            let year = YearBudget { year: 2024, allotted, days: vec![day], draws: Vec::new() };
            let frame = Frame::of(&year);
            assert!((Frame::LEFT..=Frame::RIGHT).contains(&frame.x(date)));
            assert!((Frame::TOP..=Frame::BOTTOM).contains(&frame.y(allotted)), "{allotted}");
        }
    }
}
