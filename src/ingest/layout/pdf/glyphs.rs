//! The signs of each page with their places, as the page draws them.

use super::lines::Piece;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Most steps of drawing a file. A page of a report has some thousands; forms within forms can
/// make billions.
const MAX_STEPS: usize = 8_000_000;

/// What a clip counts: a form sets one, a page few.
const CLIP: usize = 20;

/// The size of a font's grid.
const UNITS: f64 = 1000.0;

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its pieces of text, in the order of drawing.
    pub pieces: Vec<Piece>,
    /// Height, in points.
    pub height: f64,
    /// Signs drawn.
    pub signs: usize,
    /// Signs of which the file says which letters they are.
    pub known: usize,
}

/// The pages of a file.
///
/// # Errors
/// The number of the first page, from 1, that cannot be drawn within [`MAX_STEPS`].
pub(super) fn pages(pdf: &Pdf) -> Result<Vec<Page>, usize> {
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let mut steps = 0;
    for (number, page) in (1_usize..).zip(pdf.pages().iter()) {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut reader = Reader { page: Page { height: bounds.y1, ..Page::default() }, steps };
        // A file made to break the drawing is refused as a damaged one is.
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            let start = page.initial_transform(true).as_coeffs();
            let settings = InterpreterSettings::default();
            let mut context =
                Context::new(Affine::new(start), bounds, &cache, pdf.xref(), settings);
            interpret_page(page, &mut context, &mut reader);
        }));
        drawn.map_err(|_| number)?;
        steps = reader.steps;
        pages.push(reader.page);
    }
    Ok(pages)
}

/// The file was not done after [`MAX_STEPS`].
struct Endless;

struct Reader {
    page: Page,
    steps: usize,
}

impl Reader {
    /// Counts a step. The drawing has no other way to be broken off than by unwinding.
    fn step(&mut self, steps: usize) {
        self.steps += steps;
        if self.steps > MAX_STEPS {
            resume_unwind(Box::new(Endless));
        }
    }

    fn glyph(&mut self, glyph: &Glyph<'_>, place: Affine) {
        let origin = place * Point::ZERO;
        let (across, up) = (place * Point::new(UNITS, 0.0), place * Point::new(0.0, UNITS));
        let size = (up - origin).hypot();
        let level = (across.y - origin.y).abs() <= (across.x - origin.x) * 0.1;
        // Turned text is a mark across the page, or its margin.
        if !level || !size.is_finite() || size <= 0.0 || !origin.is_finite() {
            return;
        }
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        let end = place * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
        self.page.signs += 1;
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => "\u{fffd}".to_owned(),
        };
        self.page.known += usize::from(!text.contains('\u{fffd}'));
        let piece =
            Piece { text, left: origin.x, right: end.x.max(origin.x), base: origin.y, size };
        match self.page.pieces.last_mut() {
            Some(last) if last.joins(&piece) => last.join(piece),
            _ => self.page.pieces.push(piece),
        }
    }
}

impl<'a> Device<'a> for Reader {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.step(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step(CLIP);
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.step(CLIP);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step(1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.step(run.glyphs().len());
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.step(1);
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {
        self.step(1);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
