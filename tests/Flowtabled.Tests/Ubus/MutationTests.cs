using Flowtabled.Ubus;

namespace Flowtabled.Tests.Ubus;

/// <summary>Recorded messages, cut and changed: each is understood, or refused as malformed at a place within it.</summary>
public class MutationTests
{
    private static readonly byte[][] s_vocabulary =
    [
        [0x80, 0, 0, 4], [0x87, 0, 0, 9], [0x82, 0, 0, 12], [0, 0xff, 0xff, 0xff], [0x83, 0xff, 0xff, 0xff], [3, 0, 0, 8], [7, 0, 0, 4],
        [0, 0, 0, 0], [0, 5, 0, 2], [0xff, 0xff], [0, 1],
    ];

    [Fact]
    public void A_message_cut_anywhere_is_malformed() =>
        Assert.All(WireRecording.All, frame =>
        {
            for (var length = 0; length < frame.Length; length++)
                Assert.False(TryRead(frame.AsSpan(0, length), frame.Length), $"{length} of {frame.Length} bytes");
        });

    [Fact]
    public void Attributes_cut_anywhere_are_read_or_malformed() =>
        Assert.All(WireRecording.All, frame =>
        {
            var attributes = frame.AsSpan(UbusMessage.HeaderSize + 4);
            for (var length = 0; length < attributes.Length; length++)
                TryWalk(attributes[..length]);
        });

    [Fact]
    public void A_mutated_message_is_read_or_malformed() =>
        Property.Holds(Mutant.Of(WireRecording.All, s_vocabulary), mutant => TryRead(mutant.Bytes, mutant.Bytes.Length));

    [Fact]
    public void Mutated_attributes_are_read_or_malformed() =>
        Property.Holds(
            Mutant.Of([.. WireRecording.All.Select(frame => frame[(UbusMessage.HeaderSize + 4)..])], s_vocabulary), mutant => TryWalk(mutant.Bytes));

    [Theory]
    [InlineData("0100000000000000", 0)] // a version that nobody knows
    [InlineData("00000000000000008000000400000000", 8)] // a name where none can be
    [InlineData("000000000000000000000003", 8)] // shorter than its own length
    [InlineData("000000000000000000100004", 8)] // longer than ubusd passes on
    public void What_begins_wrong_is_no_message(string hex, int offset) =>
        Assert.Equal(offset, Assert.Throws<UbusFormatException>(() => UbusMessage.FrameLength(Convert.FromHexString(hex))).Offset);

    private static bool TryRead(ReadOnlySpan<byte> frame, int size)
    {
        try
        {
            var message = new UbusMessage(frame);
            BlobText.Of(message.Data);
            BlobText.Of(message.Signature);
            return true;
        }
        catch (UbusFormatException e)
        {
            Assert.InRange(e.Offset, 0, size);
            return false;
        }
    }

    private static void TryWalk(ReadOnlySpan<byte> attributes)
    {
        try
        {
            BlobText.Of(new BlobReader(attributes));
        }
        catch (UbusFormatException e)
        {
            Assert.InRange(e.Offset, 0, attributes.Length);
        }
    }
}
