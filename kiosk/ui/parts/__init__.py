"""Parts that several screens share: band, footer, call card, question, keyboard, pictures, ink."""
