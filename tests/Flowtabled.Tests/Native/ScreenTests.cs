using Flowtabled.Native;

namespace Flowtabled.Tests.Native;

/// <summary>What is drawn on a screen. The screen itself: Flowtabled.KernelTests.Commands.FlowsWatchTests.</summary>
public sealed class ScreenTests
{
    [Theory]
    [InlineData(3, 9, "\e[Hone\e[K\r\n\e[K\r\nthree\e[K")]
    [InlineData(4, 9, "\e[Hone\e[K\r\n\e[K\r\nthree\e[K\r\n\e[J")]
    [InlineData(2, 9, "\e[Hone\e[K\r\n\e[K")]
    [InlineData(3, 5, "\e[Hone\e[K\r\n\e[K\r\nthree")] // What would clear the rest would clear the last character.
    [InlineData(3, 2, "\e[Hon\r\n\e[K\r\nth")]
    [InlineData(1, 1, "\e[Ho")]
    public void Lines_are_drawn_over_what_was_there_as_far_as_they_fit(int rows, int columns, string frame) =>
        Assert.Equal(frame, Screen.Frame(["one", "", "three"], rows, columns));
}
