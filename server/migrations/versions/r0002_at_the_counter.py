"""What happens at the counter: comparison and signature, and a capture's trail found quickly."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counter_parts",
        sa.Column("capture_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"]),
        sa.PrimaryKeyConstraint("capture_id", "kind"),
    )
    with op.batch_alter_table("captures", schema=None) as captures:
        captures.add_column(sa.Column("finger_comparison", sa.String(length=12), nullable=True))
        captures.add_column(sa.Column("counter_signature", sa.String(length=20), nullable=True))
        captures.add_column(
            sa.Column("decisions", sa.Integer(), nullable=False, server_default="0")
        )
    op.execute(
        "update captures set finger_comparison ="
        " case finger_check when 'verified' then 'verified' else 'not_compared' end"
        " where finger_check is not null"
    )
    with op.batch_alter_table("audit_entries", schema=None) as entries:
        entries.create_index("ix_audit_entries_subject", ["subject"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("audit_entries", schema=None) as entries:
        entries.drop_index("ix_audit_entries_subject")
    with op.batch_alter_table("captures", schema=None) as captures:
        captures.drop_column("decisions")
        captures.drop_column("counter_signature")
        captures.drop_column("finger_comparison")
    op.drop_table("counter_parts")
